//! A form that is sent elsewhere gives its token away; a frame shows any page.

use secure_forms::html::SafeUrl;
use secure_forms::{Html, html};

fn page(url: &SafeUrl) -> Html {
    html! {
        form action=(url) {}
        iframe src=(url) {}
    }
}

fn main() {
    let _ = page;
}
