//! Text in a script is a script.

use secure_forms::{Html, html};

fn page(name: &str) -> Html {
    html! { script { "greet('" (name) "')" } }
}

fn main() {
    let _ = page;
}
