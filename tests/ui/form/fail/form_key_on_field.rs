//! A key of the form on a field.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(context = App)]
    name: String,
}

fn main() {}
