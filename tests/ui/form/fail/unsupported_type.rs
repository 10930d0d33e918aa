//! A type that no text stands for.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    pause: std::time::Duration,
}

fn main() {}
