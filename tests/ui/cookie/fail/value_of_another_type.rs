//! The name says which type its value has.

use secure_forms::cookie::{CookieName, SignedCookies};
use secure_forms::KeyRing;

const VISITS: CookieName<u32> = CookieName::new("__Host-visits");

fn main() {
    let signed = SignedCookies::new(KeyRing::generate().unwrap());
    let _ = signed.set(&VISITS, &"many".to_owned());
}
