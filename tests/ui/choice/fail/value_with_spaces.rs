//! A value that would be trimmed.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(value = " at ")]
    Austria,
}

fn main() {}
