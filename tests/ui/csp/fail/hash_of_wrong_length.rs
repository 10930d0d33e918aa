//! A hash that can match nothing.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "'sha384-AAAA'";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
