//! A pattern on a number.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(pattern("[0-9]+"))]
    year: u32,
}

fn main() {}
