//! A length below zero.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(-1..=32))]
    name: String,
}

fn main() {}
