//! A limit that is less than the type holds.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(-5..=5))]
    age: Option<u8>,
}

fn main() {}
