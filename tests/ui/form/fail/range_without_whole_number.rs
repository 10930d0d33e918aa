//! A range between two whole numbers.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(0.5..=0.7))]
    age: i8,
}

fn main() {}
