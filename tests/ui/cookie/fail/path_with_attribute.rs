//! A path cannot smuggle in an attribute.

use secure_forms::cookie::CookieName;

const DRAFT: CookieName<String> = CookieName::new("__Secure-draft").path("/; Domain=example.com");

fn main() {
    let _ = DRAFT;
}
