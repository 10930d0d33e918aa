//! A misspelt exception.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(allow(readible))]
    token: String,
}

fn main() {}
