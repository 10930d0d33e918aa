//! One mistake in a choice is told alone: the form that offers it still type-checks.

use secure_forms::{Choice, Form};

#[derive(Choice)]
enum Country {
    Austria,
    Other(String),
}

#[derive(Form)]
struct Address {
    country: Country,
}

fn main() {
    let _ = Country::OPTIONS;
}
