//! A field that would take the token's place.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    csrf_token: String,
}

fn main() {}
