//! A length that leaves nothing.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(..=0))]
    name: String,
}

fn main() {}
