//! The redirect rule against what one does with the `url` crate: join to the origin, compare, emit what is left.

use secure_forms_core::path;
use url::Url;

use crate::count::Case;
use crate::table::{Row, Target};

const ORIGIN: &str = "https://shop.example";

/// Text, and what may be sent as `Location`.
const TARGETS: [(&str, Option<&str>); 11] = [
    ("/", Some("/")),
    ("/profile", Some("/profile")),
    ("/search?q=mountains&sort=newest&page=2", Some("/search?q=mountains&sort=newest&page=2")),
    ("/users/42/edit#address", Some("/users/42/edit#address")),
    ("/files/a/../b/./c.txt", Some("/files/b/c.txt")),
    ("/café/menu", Some("/caf%C3%A9/menu")),
    ("//evil.example/login", None),
    ("/\\evil.example", None),
    ("https://evil.example/", None),
    ("/\t/evil.example", None),
    ("javascript:alert(1)", None),
];

const OURS: &str = "redirect, 11 targets: core::path";
const THEIRS: &str = "redirect, 11 targets: url";

fn with_url(base: &Url, text: &str) -> Option<String> {
    let joined = base.join(text).ok()?;
    (joined.origin() == base.origin()).then(|| joined[url::Position::BeforePath..].to_owned())
}

fn base() -> Url {
    Url::parse(ORIGIN).expect("an origin")
}

pub(crate) fn cases(cases: &mut Vec<Case>) {
    cases.push(Case::new(OURS, || TARGETS.iter().filter(|(text, _)| path::redirect(text).is_ok()).count()));
    let base = base();
    cases.push(Case::new(THEIRS, move || TARGETS.iter().filter(|(text, _)| with_url(&base, text).is_some()).count()));
}

pub(crate) fn rows() -> Vec<Row> {
    vec![Row::warm(OURS, THEIRS, Target::None)]
}

/// Both sides emit the same for every target.
pub(crate) fn assert_agreement() {
    for (text, location) in TARGETS {
        assert_eq!(path::redirect(text).ok().as_deref(), location, "{text:?}");
        assert_eq!(with_url(&base(), text).as_deref(), location, "url, {text:?}");
    }
}
