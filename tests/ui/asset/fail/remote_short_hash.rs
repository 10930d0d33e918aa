//! A hash that matches nothing.

fn main() {
    let _ = secure_forms::remote_asset!("https://cdn.example.org/lib.js", "sha384-H8BRh8j48O9o");
}
