//! A file that is not there.

fn main() {
    let _ = secure_forms::asset!("static/missing.js");
}
