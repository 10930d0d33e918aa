//! A check that names no function.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(check = "not_admin")]
    name: String,
}

fn not_admin(_: &str) -> Result<(), secure_forms::Invalid> {
    Ok(())
}

fn main() {}
