//! One key twice.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(label = "Name", label = "Your name")]
    name: String,
}

fn main() {}
