//! Workers from anybody.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src self;
        worker-src data:;
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
