//! A policy that was not evaluated.

use secure_forms::{Csp, SecurityHeaders};

fn main() {
    let policy: Csp = "default-src *".into();
    let _ = SecurityHeaders::modern().csp(policy);
}
