//! A value that means nothing was chosen.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(value = "")]
    Nowhere,
    Austria,
}

fn main() {}
