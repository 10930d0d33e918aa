//! Steps on which no whole number lies.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(0.5..), step(1))]
    age: u8,
}

fn main() {}
