//! A type that no text stands for, with rules and checks of its value.

use std::time::Duration;

use secure_forms::{Form, Invalid};

#[derive(Form)]
struct Pause {
    #[field(check = is_short, check(async) = is_free)]
    length: Duration,
}

fn is_short(_: &Duration) -> Result<(), Invalid> {
    Ok(())
}

async fn is_free(_: &Duration) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
