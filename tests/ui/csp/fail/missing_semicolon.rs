//! A forgotten semicolon.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src self object-src none;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
