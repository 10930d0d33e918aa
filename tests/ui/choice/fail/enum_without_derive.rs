//! An enum that offers no values.

use secure_forms::Form;

enum Country {
    Austria,
}

#[derive(Form)]
struct Address {
    country: Country,
}

fn main() {}
