//! Redirects: what is emitted stays on the site or on a listed origin, fits, and is emitted again as it is.

use secure_forms::redirect::AllowedOrigins;
use secure_forms_core::path::{self, MAX_BYTES};
use url::Url;

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "redirect",
    seeds: &[
        "/a/../b?c=d#e",
        "/%2e%2e//evil.test",
        "/\\evil.test",
        "/x/..%2f/evil",
        "https://id.example/a/../b",
        "/é?ü",
    ],
    holds,
};

const SITE: &str = "https://app.example";
const LISTED: &str = "https://id.example";

fn holds(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if let Ok(emitted) = path::redirect(text) {
        assert!(path::is_emitted(&emitted) && emitted.len() <= MAX_BYTES, "{emitted:?}");
        assert_eq!(origin(&emitted).as_deref(), Some(SITE), "{emitted:?}");
        assert_eq!(path::redirect(&emitted).as_deref(), Ok(&*emitted));
    }
    let Ok(Ok(target)) = AllowedOrigins::new([LISTED]).map(|allowed| allowed.redirect(text)) else { return };
    let origin = origin(target.as_str());
    assert!(origin.as_deref().is_some_and(|origin| [SITE, LISTED].contains(&origin)), "{target:?}");
}

/// Where a browser goes that follows this `Location` from a page of the site.
fn origin(location: &str) -> Option<String> {
    let base = Url::parse("https://app.example/some/page?q").ok()?;
    Some(base.join(location).ok()?.origin().ascii_serialization())
}
