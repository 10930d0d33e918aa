//! A token that no browser knows.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(autocomplete = "usrename")]
    name: String,
}

fn main() {}
