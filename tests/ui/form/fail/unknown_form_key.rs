//! A key of the form with a slip of the finger.

use secure_forms::Form;

#[derive(Form)]
#[form(chek = whole)]
struct SignUp {
    name: String,
}

fn main() {}
