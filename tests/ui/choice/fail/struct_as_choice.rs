//! A struct offers nothing.

use secure_forms::Choice;

#[derive(Choice)]
struct Country {
    code: String,
}

fn main() {}
