//! A field with several values.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    tags: Vec<String>,
}

fn main() {}
