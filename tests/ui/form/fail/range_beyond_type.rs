//! A least number that the type never reaches.

use secure_forms::Form;

#[derive(Form)]
struct SignUp {
    #[field(range(1000..))]
    age: u8,
}

fn main() {}
