//! A type that holds a secret cannot call itself readable.

use secure_forms::Readable;

struct ApiKey(String);

#[derive(Readable)]
struct Account {
    name: String,
    keys: Vec<ApiKey>,
}

fn main() {}
