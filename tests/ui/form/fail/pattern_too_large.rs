//! A pattern whose table would be too large.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(pattern("(?:[a-z]{1,200}[0-9]{1,200}){1,50}"))]
    name: String,
}

fn main() {}
