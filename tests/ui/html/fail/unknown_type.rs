//! A type of one's own, an option.

use secure_forms::{Html, html};

struct User;

fn page(user: User, note: Option<&str>) -> Html {
    html! { p title=(user) { (user) (note) } }
}

fn main() {
    let _ = page;
}
