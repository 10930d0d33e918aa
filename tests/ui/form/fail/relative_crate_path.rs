//! A path that means something else in every module.

use secure_forms::Form;

#[derive(Form)]
#[form(crate = forms)]
struct SignUp {
    name: String,
}

fn main() {}
