//! What reads the body stands last.
use axum::Router;
use axum::extract::{FromRef, State};
use secure_forms::axum::{handle, router};
use secure_forms::{Form, FormGuard, Routes, Valid};

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

async fn note(form: Valid<Note>, _: State<App>) -> String {
    form.text.clone()
}

fn mounted(app: App) -> Router {
    router(ActionHandlers { note: handle(note) }).with_state(app)
}

fn main() {}
