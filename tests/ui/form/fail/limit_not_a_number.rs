//! A limit that is text.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range("a"..=3))]
    age: u8,
}

fn main() {}
