//! A check that must be waited for, named as one that must not.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    #[field(check = is_free)]
    name: String,
}

async fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
