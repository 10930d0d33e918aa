//! An `Option` of such a type.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    pause: Option<std::time::Duration>,
}

fn main() {}
