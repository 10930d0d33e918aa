//! A check that is neither.

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct SignUp {
    #[field(check(later) = is_free)]
    name: String,
}

async fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
