//! An address that is to be an address.

use secure_forms::{EmailAddress, Form};

#[derive(Form)]
struct SignUp {
    #[field(email)]
    email: EmailAddress,
}

fn main() {}
