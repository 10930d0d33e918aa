//! Cookies: no text from outside is a signed value, what was signed comes back under its own name only, and a `Cookie` header
//! gives only what stands in it.

use std::sync::LazyLock;

use http::{HeaderMap, HeaderValue, header};
use secure_forms::KeyRing;
use secure_forms::cookie::{CookieName, Cookies, SignedCookies};

use super::Property;

pub(super) const PROPERTY: Property = Property {
    name: "cookie",
    seeds: &[
        "theme=dark; __Host-session=x",
        "theme=\"a b\";theme=2",
        "theme=AQAAAAAAAAAAZVPxAAEABXRoZW1lAAYiZGFyayI",
        " ;=;theme",
    ],
    holds,
};

static SIGNED: LazyLock<Option<SignedCookies>> = LazyLock::new(|| KeyRing::generate().ok().map(SignedCookies::new));

fn holds(input: &[u8]) {
    let (Some(signed), Ok(theme), Ok(role)) = (&*SIGNED, name("theme"), name("role")) else { return };
    if let Ok(line) = HeaderValue::from_bytes(input) {
        let headers = HeaderMap::from_iter([(header::COOKIE, line)]);
        let cookies = Cookies::from_headers(&headers);
        let shown = cookies.get("theme").unwrap_or_default().as_bytes();
        assert!(input.windows(shown.len().max(1)).any(|window| window == shown) || shown.is_empty());
        assert!(!matches!(signed.get(&cookies, &theme), Ok(Some(_))), "a forged cookie was believed");
    }
    let text = String::from_utf8_lossy(input).into_owned();
    assert!(signed.open(&theme, &text).is_err(), "a forged value was believed");
    if let Ok(sealed) = signed.seal(&theme, &text) {
        assert_eq!(signed.open(&theme, &sealed).ok().map(|opened| opened.value), Some(text));
        assert!(signed.open(&role, &sealed).is_err(), "a value of another name was believed");
    }
}

fn name(name: &str) -> Result<CookieName<String>, secure_forms::cookie::CookieNameError> {
    CookieName::parse(name.to_owned())
}
