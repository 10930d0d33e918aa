//! A handler whose error is no answer is told of `Refused`.
use axum::Router;
use axum::extract::FromRef;
use secure_forms::{Form, FormGuard, Routes, Valid, handle, router};

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

struct DiscIsFull;

async fn note(form: Valid<Note>) -> Result<String, DiscIsFull> {
    if form.text.is_empty() { Err(DiscIsFull) } else { Ok(form.text.clone()) }
}

fn mounted(app: App) -> Router {
    router(ActionHandlers { note: handle(note) }).with_state(app)
}

fn main() {}
