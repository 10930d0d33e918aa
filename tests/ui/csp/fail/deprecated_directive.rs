//! A directive that browsers have dropped.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        block-all-mixed-content;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
