//! A browser reads no tags in a text area.

use secure_forms::{Html, html};

fn page() -> Html {
    html! { textarea { b { "bold" } } }
}

fn main() {
    let _ = page;
}
