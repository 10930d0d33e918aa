//! A range that excludes its end.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(length(3..32))]
    name: String,
}

fn main() {}
