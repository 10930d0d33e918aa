//! A frame's document is a page of its own: it is read twice.

use secure_forms::{Html, html};

fn page(text: &str) -> Html {
    html! { iframe srcdoc=(text) {} }
}

fn main() {
    let _ = page;
}
