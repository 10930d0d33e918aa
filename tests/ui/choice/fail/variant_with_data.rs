//! A variant that no single text stands for.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    Austria,
    Other(String),
}

fn main() {}
