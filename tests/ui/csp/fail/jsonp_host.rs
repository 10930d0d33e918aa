//! A host whose JSONP answers run any script.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "www.google.com";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
