//! A proof that is forged.

use secure_forms::{Form, Valid};

#[derive(Form)]
struct SignUp {
    name: String,
}

fn forge() -> Valid<SignUp> {
    Valid { value: SignUp { name: String::new() }, context: Default::default() }
}

fn main() {}
