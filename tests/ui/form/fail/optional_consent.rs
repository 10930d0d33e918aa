//! A consent that may be left out, and must not.

use secure_forms::{Accepted, Form};

#[derive(Form)]
struct SignUp {
    terms: Option<Accepted>,
}

fn main() {}
