//! A label that is no text.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(label = 43)]
    Austria,
}

fn main() {}
