//! A host as bare tokens.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        img-src cdn.example.org;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
