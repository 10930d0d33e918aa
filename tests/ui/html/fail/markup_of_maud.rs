//! What maud wrote was not checked for its places.

use secure_forms::Html;

fn page(user: &str) -> Html {
    maud::html! { a href=(user) {} }.into()
}

fn main() {
    let _ = page;
}
