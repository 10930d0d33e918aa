//! Every mistake of a choice is told in one run.

use secure_forms::Choice;

#[derive(Choice)]
#[choice(label = "Country")]
enum Country {
    Austria,
    #[choice(value = "austria")]
    Oesterreich,
    #[choice(value = "")]
    Nowhere,
    #[choice(lable = "Norge")]
    Norway,
    Other(String),
}

fn main() {}
