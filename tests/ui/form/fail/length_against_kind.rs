//! A length that no UUID has.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(uuid, length(..=32))]
    reference: String,
}

fn main() {}
