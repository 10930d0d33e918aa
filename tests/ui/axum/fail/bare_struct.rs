//! A handler that takes the struct itself is told that a form comes as `Valid`.
use axum::Router;
use axum::extract::FromRef;
use secure_forms::axum::{handle, router};
use secure_forms::{Form, FormGuard, Routes};

#[derive(Form)]
struct Note {
    text: String,
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

async fn note(form: Note) -> String {
    form.text
}

fn mounted(app: App) -> Router {
    router(ActionHandlers { note: handle(note) }).with_state(app)
}

fn main() {}
