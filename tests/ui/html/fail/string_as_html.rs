//! Text is not markup before it was escaped.

use secure_forms::Html;

fn page(name: String) -> Html {
    name.into()
}

fn main() {
    let _ = page(String::new());
}
