//! A field that repeats one of another type.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(equal_to = password)]
    confirm: String,
    password: Secret,
}

fn main() {}
