//! What is left open is acknowledged by name.

use secure_forms::{Csp, csp};

const POLICY: Csp = csp! {
    script-src self unsafe-eval;
    object-src none;
    allow(missing_base_uri, missing_form_action, missing_frame_ancestors);
    dangerously_allow_script_unsafe_eval("the chart library compiles its templates");
};

const PUBLIC: Csp = csp! {
    default-src none;
    script-src self "https://unpkg.com";
    worker-src self data:;
    base-uri none; form-action self; frame-ancestors none;
    dangerously_allow_anybody_publishes("the editor's plug-ins come from npm");
    allow(worker_from_anybody);
};

fn main() {
    assert!(PUBLIC.without_nonce().contains("unpkg"));
    assert_eq!(POLICY.without_nonce(), "script-src 'self' 'unsafe-eval'; object-src 'none'");
}
