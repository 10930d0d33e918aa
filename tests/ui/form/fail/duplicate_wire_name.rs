//! Two fields of one name on the wire.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(rename = "email")]
    name: String,
    email: String,
}

fn main() {}
