//! A quote that is harmless between tags ends an attribute.

use secure_forms::{FormPage, Html, html};

fn page<T>(form: &FormPage<T>, json: Html) -> Html {
    html! { div title=(form.render()) data-user=(json) {} }
}

fn main() {
    let _ = page::<()>;
}
