//! A sandbox that its page can take off.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        sandbox allow-scripts allow-same-origin;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
