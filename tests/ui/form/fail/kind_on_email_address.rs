//! An address that would be a UUID.

use secure_forms::{EmailAddress, Form};

#[derive(Form)]
struct SignUp {
    #[field(uuid)]
    email: EmailAddress,
}

fn main() {}
