//! A hint that nobody sees.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(hidden, help = "As others see it.")]
    name: String,
}

fn main() {}
