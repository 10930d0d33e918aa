//! Two variants of one value.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    Austria,
    #[choice(value = "austria")]
    Oesterreich,
}

fn main() {}
