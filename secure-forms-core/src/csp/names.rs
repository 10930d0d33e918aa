//! The names of CSP Level 3: directives with what they take, keywords, sandbox flags.

/// What a directive's values are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Takes {
    /// Sources; falls back to `default-src` (or through another directive to it).
    Fetch,
    /// Sources, without a fall-back.
    Sources,
    /// Sandbox flags.
    Flags,
    /// Something else.
    Other,
}

/// Every directive that Google's evaluator knows, in the order of its list.
const TABLE: [(&str, Takes); 34] = {
    use Takes::{Fetch, Flags, Other, Sources};
    [
        ("child-src", Fetch),
        ("connect-src", Fetch),
        ("default-src", Fetch),
        ("font-src", Fetch),
        ("frame-src", Fetch),
        ("img-src", Fetch),
        ("media-src", Fetch),
        ("object-src", Fetch),
        ("script-src", Fetch),
        ("script-src-attr", Fetch),
        ("script-src-elem", Fetch),
        ("style-src", Fetch),
        ("style-src-attr", Fetch),
        ("style-src-elem", Fetch),
        // Without a fall-back here, as in the evaluator: it is deprecated and reported as such.
        ("prefetch-src", Sources),
        ("manifest-src", Fetch),
        ("worker-src", Fetch),
        ("base-uri", Sources),
        ("plugin-types", Other),
        ("sandbox", Flags),
        ("disown-opener", Other),
        ("form-action", Sources),
        ("frame-ancestors", Sources),
        ("navigate-to", Sources),
        ("report-to", Other),
        ("report-uri", Other),
        ("block-all-mixed-content", Other),
        ("upgrade-insecure-requests", Other),
        ("reflected-xss", Other),
        ("referrer", Other),
        ("require-sri-for", Other),
        ("trusted-types", Other),
        ("require-trusted-types-for", Other),
        ("webrtc", Other),
    ]
};

/// The directives that a policy may hold.
pub const DIRECTIVES: [&str; 34] = {
    let mut names = [""; 34];
    let mut at = 0;
    while at < names.len() {
        names[at] = TABLE[at].0;
        at += 1;
    }
    names
};

/// The quoted words that a source list may hold; with those that no browser knows any more.
pub const KEYWORDS: [&str; 13] = [
    "'self'",
    "'none'",
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'wasm-eval'",
    "'wasm-unsafe-eval'",
    "'strict-dynamic'",
    "'unsafe-hashed-attributes'",
    "'unsafe-hashes'",
    "'report-sample'",
    "'block'",
    "'allow'",
    "'inline-speculation-rules'",
];

/// The flags of `sandbox` (HTML Standard, section 7.1.5).
pub(super) const SANDBOX_FLAGS: [&str; 14] = [
    "allow-downloads",
    "allow-forms",
    "allow-modals",
    "allow-orientation-lock",
    "allow-pointer-lock",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-presentation",
    "allow-same-origin",
    "allow-scripts",
    "allow-storage-access-by-user-activation",
    "allow-top-navigation",
    "allow-top-navigation-by-user-activation",
    "allow-top-navigation-to-custom-protocols",
];

/// Whether a word (in lower case) names a directive.
#[must_use]
pub fn is_directive(name: &str) -> bool {
    DIRECTIVES.contains(&name)
}

/// Whether a value (in lower case, quotes included) is a keyword.
pub(super) fn is_keyword(value: &str) -> bool {
    KEYWORDS.contains(&value)
}

/// What the values of a directive are.
pub(super) fn takes(name: &str) -> Takes {
    TABLE.iter().find(|(known, _)| *known == name).map_or(Takes::Other, |(_, takes)| *takes)
}

/// Directives that browsers have dropped, with what replaced each.
pub(super) const DEPRECATED: [(&str, &str); 8] = [
    ("reflected-xss", "remove it: no browser obeys it"),
    ("referrer", "use the Referrer-Policy header"),
    ("disown-opener", "use the Cross-Origin-Opener-Policy header"),
    ("prefetch-src", "remove it: `default-src` decides"),
    ("plugin-types", "write `object-src 'none'`"),
    ("block-all-mixed-content", "use `upgrade-insecure-requests`"),
    ("navigate-to", "remove it: no browser obeys it"),
    ("require-sri-for", "remove it: no browser obeys it"),
];
