//! A hidden field that a browser would fill in.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(hidden, autocomplete = "username")]
    name: String,
}

fn main() {}
