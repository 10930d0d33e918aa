//! A slip in a keyword.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src sefl;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
