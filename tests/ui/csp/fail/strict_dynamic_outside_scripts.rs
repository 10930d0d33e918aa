//! `'strict-dynamic'` says nothing about styles.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        style-src strict-dynamic;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
