//! A text that would be an address and a link.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(email, url)]
    contact: String,
}

fn main() {}
