//! Fields without names.

use secure_forms::Form;

#[derive(Form)]
struct SignUp(String);

fn main() {}
