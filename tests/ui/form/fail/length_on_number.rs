//! A length of a number.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(3..=32))]
    age: u8,
}

fn main() {}
