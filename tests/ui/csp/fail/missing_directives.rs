//! Nothing falls back to `default-src` for these three.

fn main() {
    let _ = secure_forms::csp! {
        default-src self;
    };
}
