//! Tokens in another order than the standard's.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(autocomplete = "street-address shipping")]
    street: String,
}

fn main() {}
