//! A range that allows everything.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(..))]
    name: String,
}

fn main() {}
