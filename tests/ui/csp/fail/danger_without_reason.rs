//! A exception without a reason.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src unsafe-inline;
        dangerously_allow_script_unsafe_inline();
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
