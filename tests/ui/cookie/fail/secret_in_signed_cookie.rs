//! A signature does not hide: a value that is not `Readable` stays out of a signed cookie.

use secure_forms::{CookieName, KeyRing, SignedCookies};

#[derive(serde::Serialize)]
struct ApiKey(String);

const KEY: CookieName<ApiKey> = CookieName::new("__Host-key");

fn main() {
    let signed = SignedCookies::new(KeyRing::generate().unwrap());
    let _ = signed.set(&KEY, &ApiKey("hidden".to_owned()));
}
