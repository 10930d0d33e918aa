//! Keys without what belongs behind them.

use secure_forms::Form;

#[derive(Form)]
#[form(context)]
struct SignUp {
    #[field(label)]
    name: String,
    #[field(length)]
    city: String,
}

fn main() {}
