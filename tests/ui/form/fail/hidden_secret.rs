//! A secret that no page can hold.

use secure_forms::{Form, Secret};

#[derive(Form)]
struct SignUp {
    #[field(hidden)]
    key: Secret,
}

fn main() {}
