//! An option that the rule does not take.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(3..=32, units = chars))]
    name: String,
}

fn main() {}
