//! A nonce is made by the layer, never from text.

use secure_forms::Nonce;

fn main() {
    let _: Nonce = String::from("r4nd0m").into();
}
