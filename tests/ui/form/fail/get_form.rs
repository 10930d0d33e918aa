//! A form that is sent by GET stands in a URL: no secret, no file, and its action is a page.
use secure_forms::{Blank, Form, Routes, Secret, Upload};

#[derive(Form)]
#[form(method = get)]
struct Login {
    username: String,
    password: Secret,
    avatar: Option<Upload>,
}

#[derive(Form)]
#[form(method = put)]
struct Update {
    text: String,
}

#[derive(Form)]
#[form(method = get)]
struct Search {
    q: String,
}

#[derive(Form)]
struct Comment {
    text: String,
}

#[derive(Routes)]
enum Page {
    #[get("/search")]
    Search,
}

#[derive(Routes)]
enum Action {
    #[post("/comment")]
    Comment,
}

fn main() {
    let _ = Blank::<Search>::new().page().action(&Action::Comment);
    let _ = Blank::<Comment>::new().page().action(&Page::Search);
}
