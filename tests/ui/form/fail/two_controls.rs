//! A field with two controls.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(search, tel)]
    phone: String,
}

fn main() {}
