//! `'none'` beside other sources is ignored.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src none self;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
