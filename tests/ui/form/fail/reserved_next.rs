//! A field that would take the place of `next`.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(rename = "next")]
    name: String,
}

fn main() {}
