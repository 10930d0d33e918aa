//! An attribute that may be there is judged as one that is.

use secure_forms::{Html, html};

fn page(picture: Option<String>) -> Html {
    html! { img src=[picture] alt=""; }
}

fn main() {
    let _ = page;
}
