//! A pattern with an open group.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(pattern("[a-z]+("))]
    name: String,
}

fn main() {}
