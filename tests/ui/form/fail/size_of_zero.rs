//! A file that must be empty.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(max_size = "0B")]
    avatar: Option<secure_forms::Upload>,
}

fn main() {}
