//! A nonce belongs to one response.

use secure_forms::Nonce;

fn keep(nonce: &Nonce) -> Nonce {
    nonce.clone()
}

fn main() {
    let _ = keep;
}
