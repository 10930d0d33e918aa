//! A file that nobody can choose.

use secure_forms::{Form, Upload};

#[derive(Form)]
struct SignUp {
    #[field(hidden)]
    avatar: Option<Upload>,
}

fn main() {}
