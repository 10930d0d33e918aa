//! A control without a name.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(label = "")]
    name: String,
}

fn main() {}
