//! Text could be `javascript:…`.

use secure_forms::{Html, html};

fn page(website: &str) -> Html {
    html! { a href=(website) { "my page" } }
}

fn main() {
    let _ = page;
}
