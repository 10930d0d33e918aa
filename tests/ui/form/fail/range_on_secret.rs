//! A range of a secret.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(range(3..=32))]
    pin: Secret,
}

fn main() {}
