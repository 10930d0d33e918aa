//! CSS can read a page and send it away.

use secure_forms::{Html, html};

fn page(color: &str) -> Html {
    html! {
        style { "p { color: " (color) "}" }
        p style={ "color:" (color) } {}
    }
}

fn main() {
    let _ = page;
}
