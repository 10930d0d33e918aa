//! What begins with a value begins with any scheme, and a path may climb.

use secure_forms::{Html, html};

fn page(start: &str, name: &str) -> Html {
    html! {
        a href={ (start) "/x" } {}
        a href={ "/users/" (name) } {}
        a href={ "javascript:find('?" (name) "')" } {}
    }
}

fn main() {
    let _ = page;
}
