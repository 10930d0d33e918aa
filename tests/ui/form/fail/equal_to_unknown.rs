//! A field that repeats none of the form's.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(equal_to = pasword)]
    confirm: Secret,
    password: Secret,
}

fn main() {}
