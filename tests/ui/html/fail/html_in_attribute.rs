//! A quote that is harmless between tags ends an attribute.

use secure_forms::form::FormPage;
use secure_forms::{Html, html};

fn page<T>(form: &FormPage<T>, json: Html) -> Html {
    html! { div title=(form.render()) data-user=(json) {} }
}

fn main() {
    let _ = page::<()>;
}
