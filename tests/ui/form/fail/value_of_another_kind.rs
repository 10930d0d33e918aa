//! Values of another kind than the key's.

use secure_forms::Form;

#[derive(Form)]
struct Post {
    #[field(trim = "no")]
    title: String,
    #[field(message = 3)]
    text: String,
}

fn main() {}
