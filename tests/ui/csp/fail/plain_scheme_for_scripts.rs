//! Scripts of everybody with a certificate.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src https:;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
