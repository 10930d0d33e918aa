//! Policies: the printed form of a policy means the same policy, can be judged, and has no nonce once it was taken out.

use secure_forms_core::csp::{Policy, evaluate};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "csp",
    seeds: &[
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' https:; object-src 'none'; base-uri 'self'",
        "script-src 'sha256-AAAA' *.example.org:443/a data: 'UNSAFE-inline'; img-src *; IMG-SRC b",
        "require-trusted-types-for 'script'; sandbox allow-scripts; report-to x;;",
    ],
    holds,
};

fn holds(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    let policy = Policy::parse(&text);
    let printed = Policy::parse(&policy.to_string());
    assert_eq!(printed.directives(), policy.directives());
    assert!(printed.repeated().is_empty());
    assert!(!policy.without_nonce().has_nonce_placeholder());
    assert!(evaluate(&policy).iter().all(|found| !found.message.is_empty()));
    assert_eq!(evaluate(&printed), evaluate(&Policy::parse(&printed.to_string())));
}
