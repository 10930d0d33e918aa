//! A name is a token.

use secure_forms::cookie::CookieName;

const ID: CookieName<String> = CookieName::new("my id");

fn main() {
    let _ = ID;
}
