//! Neither can an enum with the secret in one of its variants.

use secure_forms::Readable;

struct ApiKey(String);

#[derive(Readable)]
enum Login {
    Name(String),
    Key { key: ApiKey },
}

fn main() {}
