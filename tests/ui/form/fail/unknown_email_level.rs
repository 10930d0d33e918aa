//! An unknown level of email addresses.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(email(loose))]
    name: String,
}

fn main() {}
