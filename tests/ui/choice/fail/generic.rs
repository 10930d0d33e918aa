//! A choice of any type.

use secure_forms::Choice;

#[derive(Choice)]
enum Country<T> {
    Austria,
}

fn main() {}
