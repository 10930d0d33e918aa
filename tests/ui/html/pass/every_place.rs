//! One of each place with what it takes.

use secure_forms::csp::NonceError;
use secure_forms::html::{AttributeValue, SafeUrl};
use secure_forms::{Blank, Form, Html, Nonce, Routes, html};

#[derive(Debug, Form)]
struct Note {
    text: String,
}

#[derive(Routes)]
enum Page {
    #[get("/")]
    Home,
}

#[derive(Routes)]
enum Action {
    #[post("/notes")]
    Save,
}

fn page(nonce: &Nonce, user: &str, website: Option<SafeUrl>) -> Result<Html, NonceError> {
    let form = Blank::<Note>::new().page().action(&Action::Save);
    Ok(html! {
        (Html::DOCTYPE)
        title { (user) " · Site" }
        script nonce=(nonce.value()?) { "document.title = '<' + 'b'" }
        p.(user) title=(AttributeValue::new(user)) data-user=(user) { (user) (Html::text(user)) }
        a href=(Page::Home.path()) { "Home" }
        @if let Some(website) = website { a href=(website) { (website) } }
        a href={ "/find?q=" (user) } { "Find" }
        (form.render())
        form action=(Action::Save.path()) { textarea { (user) } }
    })
}

fn main() {
    let _ = page;
}
