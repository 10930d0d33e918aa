//! Whoever wrote it, a `continue` cannot leave a tag open.

use secure_forms::{Html, html};

macro_rules! skip {
    () => {
        continue
    };
}

fn page(users: &[Option<&str>]) -> Html {
    html! {
        @for user in users { p title=(if user.is_none() { skip!() } else { "x" }) {} }
    }
}

fn main() {
    let _ = page;
}
