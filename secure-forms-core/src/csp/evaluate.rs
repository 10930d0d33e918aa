//! The checks of Google's csp-evaluator 1.1.8, in its order, and after them ours.

use super::finding::{Finding, Kind, Severity};
use super::host::{self, HostAndPath};
use super::names::{self, DIRECTIVES, KEYWORDS};
use super::policy::Policy;
use super::source::{self, is_hash, is_nonce, is_scheme};
use super::{beyond_evaluator, bypass, effective, strict};
use crate::nearest::nearest;

/// The directives through which scripts come in.
const XSS: [&str; 5] = ["script-src", "script-src-attr", "script-src-elem", "object-src", "base-uri"];

/// Everything that there is to say about a policy, the worst not necessarily first.
///
/// ```
/// # use secure_forms_core::csp::{Policy, Severity, evaluate};
/// let strict = "default-src 'none'; script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// assert!(evaluate(&Policy::parse(strict)).iter().all(|found| found.severity > Severity::Medium));
/// ```
#[must_use]
pub fn evaluate(written: &Policy) -> Vec<Finding> {
    let policy = &effective::policy(written);
    let mut found = Vec::new();
    strict::check(written, &mut found);
    unsafe_scripts(policy, &mut found);
    plain_sources(policy, &mut found);
    missing(policy, &mut found);
    script_bypass(policy, &mut found);
    object_bypass(policy, &mut found);
    every_value(policy, &mut found);
    directive_names(policy, &mut found);
    keywords(policy, &mut found);
    beyond_evaluator::check(written, policy, &mut found);
    found
}

fn unsafe_scripts(policy: &Policy, found: &mut Vec<Finding>) {
    for name in effective::directives(policy, effective::SCRIPT) {
        for value in policy.values(name) {
            let finding = match value.as_str() {
                "'unsafe-inline'" => Finding::new(
                    Severity::High,
                    Kind::ScriptUnsafeInline,
                    name,
                    "`'unsafe-inline'` runs every script and event handler that an attacker gets into the page",
                )
                .help("use a nonce, or a file"),
                "'unsafe-hashes'" => Finding::new(
                    Severity::Maybe,
                    Kind::ScriptUnsafeHashes,
                    name,
                    "`'unsafe-hashes'` lets an attacker reuse the listed scripts as event handlers",
                )
                .help("move the handlers into a script file"),
                "'unsafe-eval'" => Finding::new(
                    Severity::Maybe,
                    Kind::ScriptUnsafeEval,
                    name,
                    "`'unsafe-eval'` runs text that reaches `eval` and its like",
                )
                .help("remove it; `'wasm-unsafe-eval'` is enough for WebAssembly"),
                _ => continue,
            };
            found.push(finding.value(value));
        }
    }
}

fn plain_sources(policy: &Policy, found: &mut Vec<Finding>) {
    for name in effective::directives(policy, XSS) {
        for value in policy.values(name) {
            if matches!(value.as_str(), "data:" | "http:" | "https:") {
                let message = format!("`{value}` lets scripts in from anybody");
                let finding = Finding::new(Severity::High, Kind::PlainUrlSchemes, name, message);
                found.push(finding.value(value).help("name the hosts, or use a nonce"));
            }
            if source::without_scheme(value) == "*" {
                let message = format!("`{value}` lets scripts in from anybody");
                let finding = Finding::new(Severity::High, Kind::PlainWildcard, name, message);
                found.push(finding.value(value).help("name the hosts, or use a nonce"));
            }
        }
    }
}

fn missing(policy: &Policy, found: &mut Vec<Finding>) {
    let mut add = |name: &str, message: &str, help: &str| {
        found.push(Finding::new(Severity::High, Kind::MissingDirectives, name, message).help(help));
    };
    if policy.values(if policy.has("object-src") { "object-src" } else { "default-src" }).is_empty() {
        add("object-src", "missing `object-src` lets plugins in, which run scripts", "add `object-src 'none'`");
    }
    if !policy.has("script-src") && !policy.has("default-src") {
        add("script-src", "missing `script-src` lets every script in", "add `script-src 'self'` or a nonce");
    }
    let (nonce, hash) = effective::script_nonces_and_hashes(policy, "script-src");
    if (nonce || hash && effective::is_strict_dynamic(policy)) && !policy.has("base-uri") {
        add(
            "base-uri",
            "missing `base-uri` lets an injected `<base>` send trusted relative scripts to another host",
            "add `base-uri 'none'`",
        );
    }
}

fn script_bypass(policy: &Policy, found: &mut Vec<Finding>) {
    for name in effective::directives(policy, ["script-src", "script-src-elem"]) {
        let values = policy.values(name);
        if values.iter().any(|value| value == "'none'") {
            continue;
        }
        let with_eval = values.iter().any(|value| value == "'unsafe-eval'");
        for value in values {
            let (severity, message) = if value == "'self'" {
                (Severity::Maybe, "`'self'` is weak if this site serves JSONP, AngularJS or uploaded files".to_owned())
            } else if value.starts_with('\'') || is_scheme(value) || !value.contains('.') {
                continue;
            } else if let Some(known) = HostAndPath::of(value).and_then(|source| bypass::of_scripts(&source, with_eval))
            {
                (Severity::High, format!("`{known}` serves JSONP or AngularJS, which run any script"))
            } else {
                (Severity::Maybe, format!("`{value}` must not serve JSONP or AngularJS"))
            };
            found.push(Finding::new(severity, Kind::ScriptAllowlistBypass, name, message).value(value));
        }
    }
}

fn object_bypass(policy: &Policy, found: &mut Vec<Finding>) {
    let name = effective::directive(policy, "object-src");
    let no_flash =
        policy.get("plugin-types").is_some_and(|types| !types.values.iter().any(|kind| kind == bypass::FLASH_TYPE));
    if no_flash {
        return;
    }
    // What stood before a `'none'` counts: the evaluator drops all of it.
    if policy.values(name).iter().any(|value| value == "'none'") {
        return;
    }
    for value in policy.values(name) {
        let finding = match HostAndPath::of(value).and_then(|source| bypass::of_objects(&source)) {
            Some(known) => Finding::new(
                Severity::High,
                Kind::ObjectAllowlistBypass,
                name,
                format!("`{known}` serves Flash files that run any script"),
            ),
            None if name == "object-src" => {
                Finding::new(Severity::Maybe, Kind::ObjectAllowlistBypass, name, format!("`{value}` lets plugins in"))
                    .help("write `object-src 'none'`")
            }
            None => continue,
        };
        found.push(finding.value(value));
    }
}

fn every_value(policy: &Policy, found: &mut Vec<Finding>) {
    for directive in policy.directives() {
        let name = &directive.name;
        for value in &directive.values {
            if let Some(address) = host::address(value) {
                let message = match address.as_str() {
                    "127.0.0.1" => format!("`{value}` is this machine; remove it for production"),
                    _ => format!("`{value}` is an address, which browsers ignore"),
                };
                found.push(Finding::new(Severity::Info, Kind::IpSource, name, message).value(value));
            }
            if let Some(text) = source::nonce_text(value).filter(|_| value != super::NONCE) {
                nonce(name, value, text, found);
            }
            if value.starts_with("http://") {
                let message = format!("`{value}` can be changed by anyone on the way");
                found.push(Finding::new(Severity::Medium, Kind::SrcHttp, name, message).value(value).help("use https"));
            }
        }
    }
}

fn nonce(name: &str, value: &str, text: &str, found: &mut Vec<Finding>) {
    if text.encode_utf16().count() < 8 {
        let message = "a nonce shorter than 8 characters can be guessed";
        found.push(Finding::new(Severity::Medium, Kind::NonceLength, name, message).value(value));
    }
    if !is_nonce(value) {
        let message = "a nonce has only the characters of base64";
        found.push(Finding::new(Severity::Info, Kind::NonceCharset, name, message).value(value));
    }
}

fn directive_names(policy: &Policy, found: &mut Vec<Finding>) {
    for (name, instead) in names::DEPRECATED {
        if policy.has(name) {
            let message = format!("browsers have dropped `{name}`");
            found.push(Finding::new(Severity::Info, Kind::DeprecatedDirective, name, message).help(instead));
        }
    }
    for directive in policy.directives() {
        let name = &directive.name;
        if !names::is_directive(name) {
            let finding =
                Finding::new(Severity::Syntax, Kind::UnknownDirective, name, format!("unknown directive `{name}`"));
            let bare = name.trim_end_matches(':');
            let meant = if names::is_directive(bare) { Some(bare) } else { nearest(bare, DIRECTIVES) };
            found.push(match meant {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding,
            });
        }
        for value in directive.values.iter().filter(|value| names::is_directive(value)) {
            let message = format!("`{value}` is a directive, not a value of `{name}`");
            let finding = Finding::new(Severity::Syntax, Kind::MissingSemicolon, name, message);
            found.push(finding.value(value).help("put a semicolon before it"));
        }
    }
}

fn keywords(policy: &Policy, found: &mut Vec<Finding>) {
    for directive in policy.directives() {
        let name = directive.name.as_str();
        for value in &directive.values {
            let is_unquoted = KEYWORDS.iter().any(|keyword| keyword.trim_matches('\'') == value)
                || ["nonce-", "sha256-", "sha384-", "sha512-"].iter().any(|prefix| value.starts_with(prefix));
            let finding = Finding::new(Severity::Syntax, Kind::InvalidKeyword, name, "").value(value);
            if is_unquoted {
                let message = format!("unquoted `{value}` is read as the name of a host");
                found.push(Finding { message, ..finding }.help(format!("write `'{value}'`")));
                continue;
            }
            let is_known = match name {
                _ if !value.starts_with('\'') => true,
                "require-trusted-types-for" => value == "'script'",
                "trusted-types" => matches!(value.as_str(), "'allow-duplicates'" | "'none'"),
                _ => names::is_keyword(value) || is_hash(value) || is_nonce(value),
            };
            if !is_known {
                let message = format!("`{value}` is not a keyword of `{name}`");
                let meant = nearest(value.trim_matches('\''), KEYWORDS.map(|keyword| keyword.trim_matches('\'')));
                let finding = Finding { message, ..finding };
                found.push(match meant {
                    Some(meant) => finding.help(format!("did you mean `'{meant}'`?")),
                    None => finding,
                });
            }
        }
    }
}
