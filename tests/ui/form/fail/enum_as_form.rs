//! An enum is not a form.

use secure_forms::Form;

#[derive(Form)]
enum Country {
    Austria,
}

fn main() {}
