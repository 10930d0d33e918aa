//! A form whose name makes ids that are two.

use secure_forms::Form;

#[derive(Form)]
#[form(name = "sign up")]
struct SignUp {
    name: String,
}

fn main() {}
