//! A length with a fraction.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(1.5..=3))]
    name: String,
}

fn main() {}
