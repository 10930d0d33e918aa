//! A form without a name.

use secure_forms::Form;

#[derive(Form)]
#[form(name = "")]
struct SignUp {
    name: String,
}

fn main() {}
