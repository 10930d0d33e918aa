//! What csp-evaluator does not see: directives that do not fall back, sources that match nothing, words that browsers skip in silence.

use super::effective;
use super::finding::{Finding, Kind, Severity};
use super::host::HostAndPath;
use super::names::{self, SANDBOX_FLAGS, Takes};
use super::policy::{Directive, Policy};
use super::published;
use super::source::{self, NONCE, is_scheme};
use crate::nearest::nearest;

pub(super) fn check(written: &Policy, policy: &Policy, found: &mut Vec<Finding>) {
    repeated(written, found);
    no_fall_back(written, found);
    for directive in written.directives() {
        for value in &directive.values {
            every_value(directive, value, found);
        }
        match names::takes(&directive.name) {
            Takes::Fetch | Takes::Sources => sources(directive, found),
            Takes::Flags => sandbox(directive, found),
            Takes::Other => {}
        }
    }
    open_hosts(policy, found);
    hosts_of_anybody(policy, found);
    workers(policy, found);
}

fn repeated(written: &Policy, found: &mut Vec<Finding>) {
    for Directive { name, .. } in written.repeated() {
        let message = format!("browsers ignore the second `{name}`");
        let finding = Finding::new(Severity::Syntax, Kind::DuplicateDirective, name, message);
        found.push(finding.help("put all of its sources into one directive"));
    }
}

/// `default-src` does not stand in for these three (CSP Level 3, sections 6.3 and 6.4).
fn no_fall_back(written: &Policy, found: &mut Vec<Finding>) {
    let opens = [
        ("base-uri", "lets an injected `<base>` redirect every relative URL", "add `base-uri 'none'`"),
        ("form-action", "lets an injected form send its fields anywhere", "add `form-action 'self'`"),
        ("frame-ancestors", "lets other sites frame the page and steal clicks", "add `frame-ancestors 'none'`"),
    ];
    for (name, what, help) in opens {
        let is_reported = found.iter().any(|found| found.kind == Kind::MissingDirectives && found.directive == name);
        if !written.has(name) && !is_reported {
            let message = format!("missing `{name}` {what}");
            found.push(Finding::new(Severity::Medium, Kind::MissingDirectives, name, message).help(help));
        }
    }
}

fn every_value(directive: &Directive, value: &str, found: &mut Vec<Finding>) {
    let name = &directive.name;
    if value.contains([',', ';']) {
        let message = format!("`{value}` holds a separator, which ends the policy there");
        let finding = Finding::new(Severity::Syntax, Kind::SeparatorInSource, name, message);
        found.push(finding.value(value).help("write it as `%2C` or `%3B`"));
    }
    if value.bytes().any(|byte| !byte.is_ascii_graphic()) {
        let message = format!("`{}` holds a character outside visible ASCII", value.escape_debug());
        let finding = Finding::new(Severity::Syntax, Kind::NonAscii, name, message);
        found.push(finding.value(value).help("write host names in their `xn--` form and paths percent-encoded"));
    }
    let unquoted = match name.as_str() {
        "require-trusted-types-for" => value.eq_ignore_ascii_case("script"),
        "trusted-types" => value.eq_ignore_ascii_case("allow-duplicates"),
        // The evaluator sees these in lower case only.
        _ => {
            value.bytes().any(|b| b.is_ascii_uppercase())
                && names::is_keyword(&format!("'{}'", value.to_ascii_lowercase()))
        }
    };
    if unquoted {
        let message = format!("unquoted `{value}` is not a keyword");
        let finding = Finding::new(Severity::Syntax, Kind::InvalidKeyword, name, message);
        found.push(finding.value(value).help(format!("write `'{}'`", value.to_ascii_lowercase())));
    }
}

fn sources(directive: &Directive, found: &mut Vec<Finding>) {
    let Directive { name, values } = directive;
    for value in values {
        let mut add = |severity, kind, message: String, help: &str| {
            found.push(Finding::new(severity, kind, name, message).value(value).help(help));
        };
        if value == "'none'" && values.iter().any(|other| other != "'none'" && other != "'report-sample'") {
            let message = "`'none'` beside other sources is ignored".to_owned();
            add(Severity::Syntax, Kind::NoneWithCompany, message, "keep `'none'` alone, or remove it");
        }
        if let Some((algorithm, bytes)) = source::wrong_hash_length(value) {
            let letters = bytes.div_ceil(3) * 4;
            let message = format!("a {algorithm} hash has {letters} characters of base64");
            add(Severity::Syntax, Kind::HashLength, message, "compute it again: it matches nothing");
        }
        if source::is_nonce(value) && value != NONCE {
            let message = "a nonce must be new in each response".to_owned();
            add(Severity::Info, Kind::StaticNonce, message, "let the library put it in");
        }
        if let Some(directives) = misplaced(name, value) {
            let message = format!("`{value}` has no meaning in `{name}`");
            add(Severity::Syntax, Kind::MisplacedKeyword, message, directives);
        }
        let is_plain = !value.starts_with('\'') && !names::is_directive(value) && !value.contains([',', ';']);
        if is_plain && value.is_ascii() && !is_scheme(value) && !source::is_host(value) {
            let message = format!("`{value}` is not a source");
            add(Severity::Syntax, Kind::InvalidSource, message, "write a host such as `https://cdn.example.org/lib/`");
        }
        if value == "'unsafe-inline'" && name.starts_with("style-src") {
            let message = "`'unsafe-inline'` lets injected styles read secrets from the page".to_owned();
            add(Severity::Maybe, Kind::StyleUnsafeInline, message, "use a nonce, or a file");
        }
    }
}

/// Where a keyword belongs, if not here.
fn misplaced(name: &str, value: &str) -> Option<&'static str> {
    let script = matches!(name, "default-src" | "script-src" | "script-src-elem" | "script-src-attr" | "worker-src");
    let style = matches!(name, "default-src" | "style-src" | "style-src-elem" | "style-src-attr");
    match value {
        "'strict-dynamic'" if !script => Some("it belongs into `script-src`"),
        "'unsafe-eval'" | "'wasm-unsafe-eval'" | "'wasm-eval'" if !script && !style => {
            Some("it belongs into `script-src`")
        }
        "'unsafe-inline'" | "'unsafe-hashes'" if !script && !style => {
            Some("it belongs into `script-src` or `style-src`")
        }
        _ => None,
    }
}

fn sandbox(directive: &Directive, found: &mut Vec<Finding>) {
    let Directive { name, values } = directive;
    let has = |flag: &str| values.iter().any(|value| value.eq_ignore_ascii_case(flag));
    if has("allow-scripts") && has("allow-same-origin") {
        let message = "`allow-scripts` with `allow-same-origin` lets the page take off its own sandbox";
        let finding = Finding::new(Severity::High, Kind::SandboxEscape, name, message);
        found.push(finding.value("allow-same-origin").help("remove one of the two"));
    }
    for value in values.iter().filter(|value| !names::is_directive(value)) {
        if !SANDBOX_FLAGS.iter().any(|flag| flag.eq_ignore_ascii_case(value)) {
            let message = format!("unknown sandbox flag `{value}`");
            let finding = Finding::new(Severity::Syntax, Kind::UnknownSandboxFlag, name, message).value(value);
            let meant = nearest(&value.to_ascii_lowercase(), SANDBOX_FLAGS);
            found.push(match meant {
                Some(meant) => finding.help(format!("did you mean `{meant}`?")),
                None => finding,
            });
        }
    }
}

/// Hosts that are named and yet anybody's: as bad as `*` where scripts come in, and open where plugins, workers and the base
/// of the page's addresses do.
fn hosts_of_anybody(policy: &Policy, found: &mut Vec<Finding>) {
    let scripts = effective::directives(policy, ["script-src", "script-src-elem"]);
    let others =
        ["object-src", "base-uri", "worker-src"].into_iter().filter(|name| policy.has(name) && !scripts.contains(name));
    let all = scripts.iter().map(|name| (*name, Severity::High)).chain(others.map(|name| (name, Severity::Medium)));
    for (name, severity) in all {
        for value in policy.values(name).iter().filter(|value| !value.starts_with('\'') && !is_scheme(value)) {
            let is_reported = |other: &Finding| other.severity == Severity::High && is_about(other, name, value);
            let Some(source) = HostAndPath::of(value).filter(|_| !found.iter().any(is_reported)) else { continue };
            if let Some((kind, message, help)) = opened_by(&source, severity) {
                found.push(Finding::new(severity, kind, name, message).value(value).help(help));
            }
        }
    }
}

fn is_about(finding: &Finding, directive: &str, value: &str) -> bool {
    finding.directive == directive && finding.value.as_deref() == Some(value)
}

/// What opens a source; JSONP and frameworks count where scripts come in.
fn opened_by(source: &HostAndPath, severity: Severity) -> Option<(Kind, String, &'static str)> {
    let (is_script, name_one) = (severity == Severity::High, "name one file or one publisher's folder, or use a nonce");
    if let Some(host) = published::by_anybody(source) {
        return Some((Kind::AnybodyPublishes, format!("`{host}` serves what anybody publishes"), name_one));
    }
    if let Some(host) = published::as_jsonp(source).filter(|_| is_script) {
        return Some((Kind::JsonpHost, format!("`{host}` serves JSONP, which runs any script"), name_one));
    }
    let is_old = is_script && published::is_angular_js(source);
    let message = "AngularJS runs text of the page as script".to_owned();
    is_old.then_some((Kind::OldFramework, message, "use a framework that compiles its templates, or a nonce"))
}

/// Workers that are not a file of a named host. Without `worker-src` another directive decides, which is judged for itself.
fn workers(policy: &Policy, found: &mut Vec<Finding>) {
    for value in policy.values("worker-src") {
        if matches!(value.as_str(), "data:" | "http:" | "https:") || source::without_scheme(value) == "*" {
            let message = format!("`{value}` lets workers in from anybody");
            let finding = Finding::new(Severity::Medium, Kind::WorkerFromAnybody, "worker-src", message);
            found.push(finding.value(value).help("write `worker-src 'self'`"));
        }
    }
}

/// Spellings of "everybody" that differ from a bare `*` and `https:`.
fn open_hosts(policy: &Policy, found: &mut Vec<Finding>) {
    for name in
        effective::directives(policy, ["script-src", "script-src-attr", "script-src-elem", "object-src", "base-uri"])
    {
        for value in policy.values(name) {
            let rest = source::without_scheme(value);
            let host = rest.split(['/', ':']).next().unwrap_or_default();
            if host == "*" && rest != "*" {
                let message = format!("`{value}` lets scripts in from anybody");
                let finding = Finding::new(Severity::High, Kind::PlainWildcard, name, message);
                found.push(finding.value(value).help("name the hosts, or use a nonce"));
            }
            if matches!(value.as_str(), "blob:" | "filesystem:") {
                let message = format!("`{value}` runs what a script of the page composed");
                found.push(Finding::new(Severity::Medium, Kind::PlainUrlSchemes, name, message).value(value));
            }
        }
    }
}
