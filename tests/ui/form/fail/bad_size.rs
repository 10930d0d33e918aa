//! A size in unknown units.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(max_size = "2 elephants")]
    avatar: Option<secure_forms::Upload>,
}

fn main() {}
