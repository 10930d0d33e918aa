//! The policy as a browser that knows CSP Level 3 obeys it: fall-backs followed, what nonces and `'strict-dynamic'` switch off removed.

use super::names::{self, Takes};
use super::policy::Policy;
use super::source::{is_hash, is_nonce};

/// The directives that decide about scripts.
pub(super) const SCRIPT: [&str; 3] = ["script-src", "script-src-attr", "script-src-elem"];

/// The directive that decides in the place of `name` (CSP Level 3, section 6.8.3).
pub(super) fn directive<'n>(policy: &Policy, name: &'n str) -> &'n str {
    if policy.has(name) {
        return name;
    }
    let parent = match name {
        "script-src-attr" | "script-src-elem" => "script-src",
        "style-src-attr" | "style-src-elem" => "style-src",
        _ => name,
    };
    if policy.has(parent) {
        return parent;
    }
    if names::takes(name) == Takes::Fetch { "default-src" } else { name }
}

/// The deciding directives of several, each once.
pub(super) fn directives<'n>(policy: &Policy, names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let mut deciding = Vec::new();
    for name in names {
        let name = directive(policy, name);
        if !deciding.contains(&name) {
            deciding.push(name);
        }
    }
    deciding
}

/// Whether scripts are let in by nonce, and whether by hash.
pub(super) fn script_nonces_and_hashes(policy: &Policy, name: &str) -> (bool, bool) {
    let values = policy.values(directive(policy, name));
    (values.iter().any(|value| is_nonce(value)), values.iter().any(|value| is_hash(value)))
}

/// Whether `'strict-dynamic'` is in force for scripts.
pub(super) fn is_strict_dynamic(policy: &Policy) -> bool {
    policy.values(directive(policy, "script-src")).iter().any(|value| value == "'strict-dynamic'")
}

/// Removes from the script directives what a nonce, a hash or `'strict-dynamic'` makes a browser ignore.
pub(super) fn policy(written: &Policy) -> Policy {
    let mut effective = written.clone();
    for name in directives(written, SCRIPT) {
        let (nonce, hash) = script_nonces_and_hashes(written, name);
        let strict = written.values(name).iter().any(|value| value == "'strict-dynamic'");
        let Some(values) = effective.values_mut(name) else { continue };
        if nonce || hash {
            values.retain(|value| value != "'unsafe-inline'");
        }
        if strict {
            values.retain(|value| value.starts_with('\'') && value != "'self'" && value != "'unsafe-inline'");
        }
    }
    effective
}
