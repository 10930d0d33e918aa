//! Markup cannot be made past its constructors.

use secure_forms::Html;

fn main() {
    let _ = Html(String::from("<b>"));
}
