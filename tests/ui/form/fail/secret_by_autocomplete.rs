//! A text that password managers fill in.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(autocomplete = "one-time-code")]
    code: Option<String>,
}

fn main() {}
