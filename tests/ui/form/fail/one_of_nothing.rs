//! A list of values without a value.

use secure_forms::Form;

#[derive(Form)]
struct Order {
    #[field(one_of(message = "Choose."))]
    size: String,
}

fn main() {}
