//! Browsers apply a prefix in any case; servers that compare would not see it.

use secure_forms::cookie::CookieName;

const ID: CookieName<String> = CookieName::new("__HOST-id");

fn main() {
    let _ = ID;
}
