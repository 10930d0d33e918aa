//! A problem beside a field that the form does not have.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    email: String,
}

fn taken() -> Invalid {
    Invalid::new("This email is taken.").on(SignUp::FIELDS.emial)
}

fn main() {}
