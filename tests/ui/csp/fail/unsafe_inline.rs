//! Injected scripts would run.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src unsafe-inline;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
