//! `Valid` cannot wait for `check(async)`.

use axum::Router;
use axum::routing::post;
use secure_forms::{Form, FormGuard, Invalid, Valid};

#[derive(Form)]
struct SignUp {
    #[field(check(async) = is_free)]
    name: String,
}

async fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

async fn sign_up(form: Valid<SignUp>) -> String {
    form.name.clone()
}

fn main() {
    let _ = Router::<FormGuard>::new().route("/sign-up", post(sign_up));
}
