//! A value that no one-line field takes.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(value = "a\nb")]
    Austria,
}

fn main() {}
