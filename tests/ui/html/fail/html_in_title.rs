//! A browser reads no tags in a title.

use secure_forms::{Html, html};

fn page(name: Html) -> Html {
    html! { title { (name) } }
}

fn main() {
    let _ = page;
}
