//! A key of a field on the form.

use secure_forms::Form;

#[derive(Form)]
#[form(length(3..=32))]
struct SignUp {
    name: String,
}

fn main() {}
