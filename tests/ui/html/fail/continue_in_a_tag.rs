//! What goes on in the middle of a tag leaves it open: the next value would stand without quotes.

use secure_forms::{Html, html};

fn page(users: &[Option<&str>]) -> Html {
    html! {
        @for user in users {
            p title={ @let Some(name) = user else { continue }; (name) } {}
        }
        @while users.is_empty() { p { (match users { [] => break, _ => "x" }) } }
    }
}

fn main() {
    let _ = page;
}
