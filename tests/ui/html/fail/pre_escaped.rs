//! maud's own exception is none here.

use maud::PreEscaped;
use secure_forms::{Html, html};

fn page(text: String) -> Html {
    html! { p { (PreEscaped(text)) } }
}

fn main() {
    let _ = page;
}
