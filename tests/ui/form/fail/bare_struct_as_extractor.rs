//! A handler that takes the form itself could be handed anything.

use axum::Router;
use axum::routing::post;
use secure_forms::{Form, FormGuard};

#[derive(Form)]
struct SignUp {
    name: String,
}

async fn sign_up(form: SignUp) -> String {
    form.name
}

fn main() {
    let _ = Router::<FormGuard>::new().route("/sign-up", post(sign_up));
}
