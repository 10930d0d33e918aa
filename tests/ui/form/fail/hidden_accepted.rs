//! A consent that nobody can give.

use secure_forms::{Accepted, Form};

#[derive(Form)]
struct SignUp {
    #[field(hidden)]
    terms: Accepted,
}

fn main() {}
