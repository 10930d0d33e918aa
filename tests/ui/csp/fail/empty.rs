//! A policy without directives.

fn main() {
    let _ = secure_forms::csp! {
    };
}
