//! A source that would begin another directive.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        img-src "a.example; script-src *";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
