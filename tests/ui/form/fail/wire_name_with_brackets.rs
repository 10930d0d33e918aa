//! A name on the wire that means nesting.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(rename = "user[name]")]
    name: String,
}

fn main() {}
