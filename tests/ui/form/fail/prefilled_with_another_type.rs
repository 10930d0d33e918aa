//! A field that is filled with a value of another type.

use secure_forms::{Blank, Form};

#[derive(Form)]
struct SignUp {
    age: u8,
}

fn page() -> Blank<SignUp> {
    Blank::new().set(SignUp::FIELDS.age, &"36".to_owned())
}

fn main() {}
