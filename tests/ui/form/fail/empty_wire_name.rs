//! A field without a name on the wire.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(rename = "")]
    name: String,
}

fn main() {}
