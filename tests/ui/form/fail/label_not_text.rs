//! A label that is no text.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(label = 3)]
    name: String,
}

fn main() {}
