//! A length in unknown units.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(3..=32, unit = words))]
    name: String,
}

fn main() {}
