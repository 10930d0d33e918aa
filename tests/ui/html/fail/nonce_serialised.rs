//! A nonce is not data to send.

use secure_forms::Nonce;

fn needs_serialize<T: serde::Serialize>(_: &T) {}

fn leak(nonce: &Nonce) {
    needs_serialize(nonce);
}

fn main() {
    let _ = leak;
}
