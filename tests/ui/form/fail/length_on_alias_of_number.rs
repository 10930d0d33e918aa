//! A rule of text on a number that has another name.

use secure_forms::Form;

type Years = u8;

#[derive(Form)]
struct SignUp {
    #[field(length(1..=3))]
    age: Years,
}

fn main() {}
