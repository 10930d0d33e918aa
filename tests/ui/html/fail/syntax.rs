//! A number without quotes; the other mistakes of syntax are told one at a time, as Rust does.

use secure_forms::{Html, html};

fn number() -> Html {
    html! { p { 1 } }
}

fn forgotten(condition: bool) -> Html {
    html! { if condition { "x" } }
}

fn boolean() -> Html {
    html! { input checked=true; }
}

fn nothing() -> Html {
    html! { p }
}

fn main() {
    let _ = (number, forgotten, boolean, nothing);
}
