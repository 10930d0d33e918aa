//! A value that is offered twice.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(one_of("a", "b", "a"))]
    letter: String,
}

fn main() {}
