//! A key that belongs to a variant.

use secure_forms::Choice;

#[derive(Choice)]
#[choice(label = "Country")]
enum Country {
    Austria,
}

fn main() {}
