//! A pattern that is not there to be compiled.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(pattern(PATTERN))]
    name: String,
}

const PATTERN: &str = "[a-z]+";

fn main() {}
