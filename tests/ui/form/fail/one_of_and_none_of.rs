//! A value that is offered and refused.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(one_of("a", "b"), none_of("a"))]
    letter: String,
}

fn main() {}
