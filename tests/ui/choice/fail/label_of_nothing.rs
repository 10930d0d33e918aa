//! An entry without words.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(label = "")]
    Austria,
    Norway,
}

fn main() {}
