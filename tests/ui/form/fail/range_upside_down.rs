//! A length whose limits are exchanged.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(32..=3))]
    name: String,
}

fn main() {}
