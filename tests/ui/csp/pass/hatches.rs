//! What is left open is acknowledged by name.

use secure_forms::{Csp, csp};

const POLICY: Csp = csp! {
    script-src self unsafe-eval;
    object-src none;
    allow(missing_base_uri, missing_form_action, missing_frame_ancestors);
    dangerously_allow_script_unsafe_eval("the chart library compiles its templates");
};

fn main() {
    assert_eq!(POLICY.without_nonce(), "script-src 'self' 'unsafe-eval'; object-src 'none'");
}
