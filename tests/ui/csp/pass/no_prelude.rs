//! The expansion names nothing that the user's scope would have to hold.
#![no_implicit_prelude]

const POLICY: ::secure_forms::Csp = ::secure_forms::csp! {
    default-src none; script-src nonce; base-uri none; form-action self; frame-ancestors none;
};

fn main() {
    let _ = POLICY.without_nonce();
}
