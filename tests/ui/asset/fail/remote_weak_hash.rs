//! A hash that can be forged.

fn main() {
    let _ = secure_forms::remote_asset!("https://cdn.example.org/lib.js", "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
}
