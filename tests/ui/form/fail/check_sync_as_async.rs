//! An asynchronous check that waits for nothing.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    #[field(check(async) = is_free)]
    name: String,
}

fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
