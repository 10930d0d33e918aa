//! A UUID of a number.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(uuid)]
    key: u64,
}

fn main() {}
