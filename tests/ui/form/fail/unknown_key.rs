//! A key with a slip of the finger.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(lenght(3..=32))]
    name: String,
}

fn main() {}
