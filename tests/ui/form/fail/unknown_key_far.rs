//! A key that no form knows.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(placeholder = "Ada")]
    name: String,
}

fn main() {}
