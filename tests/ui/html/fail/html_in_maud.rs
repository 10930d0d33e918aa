//! Markup is no value for another macro's attributes.

use secure_forms::Html;

fn page(form: Html) -> maud::Markup {
    maud::html! { p { (maud::Render::render(&form)) } }
}

fn main() {
    let _ = page;
}
