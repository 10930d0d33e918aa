//! Event handlers are scripts, and so is what libraries evaluate.

use secure_forms::{Html, html};

fn page(user: &str) -> Html {
    html! {
        a onclick={ "go('" (user) "')" } {}
        p onMouseOver=[Some(user)] x-text=(user) data-hx-on:click=(user) {}
    }
}

fn main() {
    let _ = page;
}
