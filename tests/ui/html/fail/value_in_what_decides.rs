//! Where links lead, what a script is, what a browser is told to do: literals alone.

use secure_forms::{Html, html};

fn page(text: &str) -> Html {
    html! {
        base href=(text);
        meta http-equiv="refresh" content={ "0;url=" (text) };
        script type=(text) src=(text) {}
        link rel="stylesheet" href=(text);
        iframe sandbox=(text) {}
        svg { a { animate attributeName="href" to=(text) {} } }
    }
}

fn main() {
    let _ = page;
}
