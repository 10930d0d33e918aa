//! A key that no form knows.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(colour = "red")]
    name: String,
}

fn main() {}
