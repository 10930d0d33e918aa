//! A box that would be absent.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    newsletter: Option<bool>,
}

fn main() {}
