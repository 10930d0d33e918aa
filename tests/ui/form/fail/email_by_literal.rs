//! An address that nobody parsed.

use secure_forms::EmailAddress;

fn forge(text: String) -> EmailAddress {
    EmailAddress(text)
}

fn main() {}
