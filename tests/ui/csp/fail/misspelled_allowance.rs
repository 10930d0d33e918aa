//! An acknowledgement that acknowledges nothing.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        allow(missing_form_acton);
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
