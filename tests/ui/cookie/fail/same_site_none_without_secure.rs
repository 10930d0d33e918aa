//! Browsers drop `SameSite=None` without `Secure`, so the one carries the other.

use secure_forms::cookie::{CookieName, SameSite};

const EMBEDDED: CookieName<String> = CookieName::new("__Host-embedded").same_site(SameSite::None);

fn main() {}
