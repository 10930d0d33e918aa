//! What lets scripts in needs the dangerous name.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src unsafe-inline;
        allow(script_unsafe_inline);
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
