//! A check that takes another type.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    #[field(check = is_even)]
    name: String,
}

fn is_even(_: &u8) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
