//! `required` is the type's affair.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(required)]
    name: String,
}

fn main() {}
