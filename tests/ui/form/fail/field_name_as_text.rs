//! A problem beside a field that is named by text.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    email: String,
}

fn taken() -> Invalid {
    Invalid::new("This email is taken.").on("email")
}

fn main() {}
