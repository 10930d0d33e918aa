//! Unknown fields are ignored or rejected.

use secure_forms::Form;

#[derive(Form)]
#[form(unknown = keep)]
struct SignUp {
    name: String,
}

fn main() {}
