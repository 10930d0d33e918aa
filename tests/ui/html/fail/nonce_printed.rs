//! A nonce is not for logs.

use secure_forms::Nonce;

fn log(nonce: &Nonce) {
    println!("{nonce}");
}

fn main() {
    let _ = log;
}
