//! Steps of zero lead nowhere.

use secure_forms::Form;

#[derive(Form)]
struct Order {
    #[field(step(0))]
    price: f64,
}

fn main() {}
