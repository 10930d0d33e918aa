//! A CDN could replace the file.

fn main() {
    let _ = secure_forms::remote_asset!("https://cdn.example.org/lib.js");
}
