//! The path of the crate as another library writes it.

use secure_forms::Form;

#[derive(Form)]
#[form(crate = "forms")]
struct SignUp {
    name: String,
}

fn main() {}
