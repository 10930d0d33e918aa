//! A text area that is hidden.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(multiline, hidden)]
    name: String,
}

fn main() {}
