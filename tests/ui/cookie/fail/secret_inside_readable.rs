//! A type that holds a secret cannot call itself readable.

use secure_forms::{Readable, Secret};

#[derive(Readable)]
struct Account {
    name: String,
    keys: Vec<Secret>,
}

fn main() {}
