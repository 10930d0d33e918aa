//! A signature does not hide: a secret stays out of a signed cookie.

use secure_forms::cookie::{CookieName, SignedCookies};
use secure_forms::{KeyRing, Secret};

const KEY: CookieName<Secret> = CookieName::new("__Host-key");

fn main() {
    let signed = SignedCookies::new(KeyRing::generate().unwrap());
    let _ = signed.set(&KEY, &Secret::from("hidden".to_owned()));
}
