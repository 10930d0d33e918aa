//! A value that another rule never lets through.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(one_of("low", "High"), pattern("[a-z]+"))]
    level: String,
}

fn main() {}
