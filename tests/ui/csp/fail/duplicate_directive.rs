//! Browsers ignore the second directive of one name.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        default-src self;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
