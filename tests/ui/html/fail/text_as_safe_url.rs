//! A URL is parsed.

use secure_forms::html::SafeUrl;

fn link(text: String) -> SafeUrl {
    text.into()
}

fn main() {
    let _ = link;
}
