//! A version that addresses do not have.

use secure_forms::Form;

#[derive(Form)]
struct Server {
    #[field(ip(v5))]
    address: String,
    #[field(slug(v2))]
    name: String,
}

fn main() {}
