//! A check that wants the application, on a form that has none.

use secure_forms::{Form, Invalid};

struct App;

#[derive(Form)]
#[form(check = is_open)]
struct SignUp {
    #[field(check = is_free)]
    name: String,
}

fn is_free(_: &str, _: &App) -> Result<(), Invalid> {
    Ok(())
}

fn is_open(_: &SignUp, _: &App) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
