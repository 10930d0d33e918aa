//! One `Set-Cookie` line. RFC 6265bis, section 4.1.

use std::fmt;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};

/// A `Set-Cookie` line, made by [`SignedCookies`](crate::cookie::SignedCookies) or [`CookieName::deletion`](crate::cookie::CookieName::deletion).
/// A response carries one line for each cookie: append it, never insert.
///
/// ```
/// use http::HeaderMap;
/// use secure_forms::cookie::CookieName;
///
/// const THEME: CookieName<String> = CookieName::new("__Host-theme");
/// let mut headers = HeaderMap::new();
/// THEME.deletion().append_to(&mut headers);
/// assert!(headers.contains_key("set-cookie"));
/// ```
///
/// # Security
/// The header value is marked as sensitive: `Debug` and well-behaved loggers do not show it, and HTTP/2 does not index it.
#[derive(Clone, Eq, PartialEq)]
pub struct SetCookie(HeaderValue);

impl SetCookie {
    pub(super) fn new(line: &str) -> Self {
        // Name, value and path are visible ASCII by construction. Were they not, a browser would ignore this empty line.
        let mut value = HeaderValue::from_str(line).unwrap_or(HeaderValue::from_static(""));
        value.set_sensitive(true);
        Self(value)
    }

    /// Adds the line to a response, beside those that are there.
    pub fn append_to(self, headers: &mut HeaderMap) {
        headers.append(SET_COOKIE, self.0);
    }
}

impl From<SetCookie> for HeaderValue {
    fn from(cookie: SetCookie) -> Self {
        cookie.0
    }
}

impl fmt::Debug for SetCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.to_str().ok().and_then(|line| line.split('=').next()).unwrap_or_default();
        f.debug_struct("SetCookie").field("name", &name).finish_non_exhaustive()
    }
}
