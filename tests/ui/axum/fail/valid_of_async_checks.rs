//! A form whose checks wait for something is taken as `Submitted`.
use axum::Router;
use axum::extract::FromRef;
use secure_forms::axum::{handle, router};
use secure_forms::{Form, FormGuard, Invalid, Routes, Valid};

#[derive(Form)]
struct Note {
    #[field(check(async) = is_free)]
    text: String,
}

async fn is_free(_: &str) -> Result<(), Invalid> {
    Ok(())
}

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
}

#[derive(Routes)]
enum Action {
    #[post("/note")]
    Note,
}

async fn note(form: Valid<Note>) -> String {
    form.text.clone()
}

fn mounted(app: App) -> Router {
    router(ActionHandlers { note: handle(note) }).with_state(app)
}

fn main() {}
