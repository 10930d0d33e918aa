//! A value that is trimmed before it is compared.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(one_of("low ", "high"))]
    level: String,
}

fn main() {}
