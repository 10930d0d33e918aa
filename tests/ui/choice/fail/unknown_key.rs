//! A key with a slip of the finger.

use secure_forms::Choice;

#[derive(Choice)]
enum Country {
    #[choice(lable = "Österreich")]
    Austria,
}

fn main() {}
