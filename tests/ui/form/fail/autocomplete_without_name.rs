//! An address whose part is not named.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(autocomplete = "section-gift shipping")]
    street: String,
}

fn main() {}
