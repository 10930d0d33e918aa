//! A nonce in the source code is the same in every response.

fn main() {
    let _ = secure_forms::csp! {
        default-src none;
        script-src "'nonce-cmFuZG9tIGJ5dGVz'";
        base-uri none;
        form-action self;
        frame-ancestors none;
    };
}
