//! Scripts of everybody.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src *;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
