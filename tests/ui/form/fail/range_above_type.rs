//! A limit that is more than the type holds.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(1..=300))]
    age: u8,
}

fn main() {}
