//! A path may climb, and what stands behind `javascript:` is decoded and run.

use secure_forms::{Html, html};

fn page(name: &str) -> Html {
    html! {
        a href={ "/users/" (name) } {}
        a href={ "javascript:find('?" (name) "')" } {}
    }
}

fn main() {
    let _ = page;
}
