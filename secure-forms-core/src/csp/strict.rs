//! Hints towards a strict policy (nonces or hashes with `'strict-dynamic'`) that old browsers understand too; judged as written.

use super::effective;
use super::finding::{Finding, Kind, Severity};
use super::policy::Policy;

pub(super) fn check(written: &Policy, found: &mut Vec<Finding>) {
    let name = effective::directive(written, "script-src");
    let values = written.values(name);
    let has = |wanted: &str| values.iter().any(|value| value == wanted);
    let (nonce, hash) = effective::script_nonces_and_hashes(written, "script-src");
    let mut add = |severity, kind, message: &str| found.push(Finding::new(severity, kind, name, message));

    if values.iter().any(|value| !value.starts_with('\'')) && !has("'strict-dynamic'") {
        add(
            Severity::Strict,
            Kind::StrictDynamic,
            "lists of hosts can often be bypassed; a nonce with `'strict-dynamic'` cannot",
        );
    }
    if has("'strict-dynamic'") && !nonce && !hash {
        add(
            Severity::Info,
            Kind::StrictDynamicNotStandalone,
            "`'strict-dynamic'` without a nonce or a hash blocks every script",
        );
    }
    if (nonce || hash) && !has("'unsafe-inline'") {
        add(
            Severity::Strict,
            Kind::UnsafeInlineFallback,
            "browsers without nonces run no script; newer ones would ignore an `'unsafe-inline'` beside it",
        );
    }
    let fallback = |value: &String| matches!(value.as_str(), "http:" | "https:" | "*") || value.contains('.');
    if has("'strict-dynamic'") && !values.iter().any(fallback) {
        add(
            Severity::Strict,
            Kind::AllowlistFallback,
            "browsers without `'strict-dynamic'` load no further script; newer ones would ignore an `https:` beside it",
        );
    }
    if !written.values("require-trusted-types-for").iter().any(|value| value == "'script'") {
        let message = "DOM sinks take plain strings; `require-trusted-types-for 'script'` stops that";
        let trusted = "require-trusted-types-for";
        found.push(Finding::new(Severity::Info, Kind::RequireTrustedTypesForScripts, trusted, message));
    }
}
