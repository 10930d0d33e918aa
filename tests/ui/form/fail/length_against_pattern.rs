//! A length that no text of the pattern has.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(10..), pattern("[a-z]{3}"))]
    code: String,
}

fn main() {}
