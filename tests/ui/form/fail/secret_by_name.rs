//! A password that anybody may read.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    new_password: String,
}

fn main() {}
