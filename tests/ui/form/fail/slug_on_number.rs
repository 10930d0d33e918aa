//! A kind of text on a number.

use secure_forms::Form;

#[derive(Form)]
struct Post {
    #[field(slug)]
    number: u32,
}

fn main() {}
