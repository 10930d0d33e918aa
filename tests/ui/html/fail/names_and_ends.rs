//! What a browser would read otherwise than it is written.

use secure_forms::{Html, html};

fn page(text: &str) -> Html {
    html! {
        p "x onclick"=(text) {}
        p class="a" .b title="c" TITLE="d" {}
        script;
        br {}
        plaintext {}
        script { "x = '</script>'" }
        svg { script {} }
    }
}

fn main() {
    let _ = page;
}
