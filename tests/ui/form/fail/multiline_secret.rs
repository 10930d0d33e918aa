//! A secret of several lines.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(multiline)]
    key: Secret,
}

fn main() {}
