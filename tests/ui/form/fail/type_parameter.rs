//! A form of any type.

use secure_forms::Form;

#[derive(Form)]
struct SignUp<T> {
    name: T,
}

fn main() {}
