//! A pattern that no text matches.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(pattern("[a-z&&0-9]"))]
    name: String,
}

fn main() {}
