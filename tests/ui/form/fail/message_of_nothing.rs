//! A problem without a sentence.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(3.., message = " "))]
    name: String,
}

fn main() {}
