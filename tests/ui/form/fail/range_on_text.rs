//! A range of a text.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(3..=32))]
    name: String,
}

fn main() {}
