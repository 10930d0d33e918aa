//! A state without a guard is reported once, with what to write.
use axum::Router;
use secure_forms::axum::{handle, router};
use secure_forms::{Blank, Form, Routes};

#[derive(Form)]
struct Note {
    text: String,
}

#[derive(Clone)]
struct App;

#[derive(Routes)]
enum Page {
    #[get("/note")]
    Note,
}

async fn note(form: Blank<Note>) -> String {
    form.page().render().to_string()
}

fn main() {
    let _: Router = router(PageHandlers { note: handle(note) }).with_state(App);
}
