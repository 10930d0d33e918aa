//! A field that repeats itself.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(equal_to = confirm)]
    confirm: Secret,
}

fn main() {}
