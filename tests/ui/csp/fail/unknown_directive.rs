//! A slip in the name of a directive.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        scrpt-src self;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
