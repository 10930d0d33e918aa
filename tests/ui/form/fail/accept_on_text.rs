//! What only files have, on a text; and what only text has, on a box.

use secure_forms::{Accepted, Form};

#[derive(Form)]
struct Profile {
    #[field(accept = ["image/png"])]
    picture: String,
    #[field(multiline, equal_to = picture)]
    terms: Accepted,
}

fn main() {}
