//! A value that is trimmed before it is refused.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(none_of("admin "))]
    name: String,
}

fn main() {}
