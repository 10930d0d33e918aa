//! A keyword in a string literal would be the name of a host.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "self";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
