//! A path that means something else in every module.

use secure_forms::Choice;

#[derive(Choice)]
#[choice(crate = forms)]
enum Country {
    Austria,
}

fn main() {}
