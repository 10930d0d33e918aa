//! The identifiers that cookies carry for signing in: random bits enter, cookie text and the hashes that a store keeps leave. What a
//! session means, how long it lives and when it ends is decided by the application's store.

use std::fmt;
use std::time::Duration;

use http::header::HeaderMap;
use http::{HeaderValue, Method};
use secure_forms_core::protocol;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::clock::DAY_SECONDS;
use super::cookie::{CookieName, Cookies, SameSite};
use super::id::{Id, IdError};
use super::readable::Readable;
use super::remember::REMEMBER_COOKIE;

/// `__Host-session`: Secure, HttpOnly, `SameSite=Strict`, `Path=/`, forgotten when the browser closes and refused after 30 days in any
/// case; the store ends sessions sooner.
///
/// # Security
/// Set it when a person signs in, with a new [`SessionId`], and when a rotated key asks for a new signature; never because it was
/// absent, else a visitor from another site would be given an empty session over the one that `Strict` kept back.
pub const SESSION_COOKIE: CookieName<SessionId> =
    CookieName::new(protocol::SESSION_COOKIE).until_browser_closes(Duration::from_secs(30 * DAY_SECONDS));

/// `__Host-arrival`: optional, `SameSite=Lax`, without any authority. See [`Arrival`].
pub const ARRIVAL_COOKIE: CookieName<Arrival> =
    CookieName::new(protocol::ARRIVAL_COOKIE).same_site(SameSite::Lax).max_age(Duration::from_secs(30 * DAY_SECONDS));

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Eq, PartialEq)]
        pub struct $name(Id);

        impl $name {
            /// A new identifier of 128 random bits.
            pub fn generate() -> Self {
                Self(Id::random())
            }

            /// Reads 22 characters of base64url.
            ///
            /// # Errors
            /// [`IdError`] for anything else.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                Id::parse(text).map(Self)
            }

            /// The identifier as 22 characters. Whoever has them has what it stands for: do not log them.
            pub fn expose_text(&self) -> String {
                self.0.text()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0.text())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
            }
        }

        impl Readable for $name {}
    };
}

id! {
    /// Names a signed-in session: 128 random bits, 22 characters of base64url in its cookie.
    ///
    /// ```
    /// use secure_forms::session::SessionId;
    ///
    /// let id = SessionId::generate();
    /// assert_eq!(SessionId::parse(&id.expose_text()), Ok(id));
    /// assert_eq!(format!("{id:?}"), "SessionId(…)");
    /// ```
    ///
    /// # Security
    /// Make a new one at each sign-in (CWE-384) and store [`stored_hash`](Self::stored_hash) only, so that a copy of the database
    /// signs nobody in. `Debug` shows nothing; comparison takes constant time.
    SessionId
}

id! {
    /// Names a browser that is not signed in, so that its CSRF tokens are bound to it. It carries no authority.
    ///
    /// ```
    /// use secure_forms::session::VisitorId;
    ///
    /// assert_ne!(VisitorId::generate(), VisitorId::generate());
    /// ```
    VisitorId
}

impl SessionId {
    /// What the store keeps: SHA-256 of the identifier, 43 characters of base64url. No salt is needed for 128 random bits.
    pub fn stored_hash(&self) -> String {
        self.0.stored_hash(b"secure-forms session")
    }
}

/// The value of [`ARRIVAL_COOKIE`]: says that this browser has been here signed in, and nothing else.
///
/// A person who follows a link from another site arrives without the `Strict` session cookie and would look signed out. The arrival
/// cookie is `Lax`, so it does come along: answer such a request with a page that asks for the same address again from here.
///
/// ```
/// use http::{HeaderMap, HeaderValue, Method};
/// use secure_forms::session::Arrival;
///
/// let mut headers = HeaderMap::new();
/// headers.insert("cookie", HeaderValue::from_static("__Host-arrival=x"));
/// headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
/// headers.insert("sec-fetch-mode", HeaderValue::from_static("navigate"));
/// assert!(Arrival::asks_for_refresh(&Method::GET, &headers));
///
/// headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
/// assert!(!Arrival::asks_for_refresh(&Method::GET, &headers));
/// ```
///
/// # Security
/// Grants nothing: whoever sends one gains a page that loads itself again. The refreshed request is of the same origin, so it cannot
/// loop.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Arrival;

impl Readable for Arrival {}

impl Arrival {
    /// Whether a page navigation came from another site, with the arrival cookie but without session and remember cookie.
    pub fn asks_for_refresh(method: &Method, headers: &HeaderMap) -> bool {
        let is = |name: &str, value: &str| {
            let mut lines = headers.get_all(name).iter();
            lines.next() == Some(&HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("")))
                && lines.next().is_none()
        };
        let cookies = Cookies::from_headers(headers);
        let has = |name: &str| cookies.get(name).is_some();
        method == Method::GET
            && is(protocol::SEC_FETCH_SITE, "cross-site")
            && is(protocol::SEC_FETCH_MODE, "navigate")
            && has(ARRIVAL_COOKIE.name())
            && !has(SESSION_COOKIE.name())
            && !has(REMEMBER_COOKIE.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_cookie_carries_what_the_guide_asks_for() {
        let line = HeaderValue::from(SESSION_COOKIE.set("v", Duration::ZERO));
        assert_eq!(line, "__Host-session=v; Path=/; Secure; HttpOnly; SameSite=Strict");
    }

    #[test]
    fn an_identifier_is_exactly_128_bits() {
        let text = SessionId::generate().expose_text();
        assert!(SessionId::parse(&text).is_ok());
        for wrong in ["", "AAAA", &text[..21], &format!("{text}A"), &format!("{text}AA"), "=====================!"] {
            assert_eq!(SessionId::parse(wrong), Err(IdError), "{wrong}");
        }
    }

    #[test]
    fn a_visitor_with_a_session_is_not_sent_round() {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
        headers.insert("sec-fetch-mode", HeaderValue::from_static("navigate"));
        for (cookie, refresh) in [
            ("__Host-arrival=x", true),
            ("__Host-arrival=x; __Host-session=y", false),
            ("__Host-arrival=x; __Host-remember=y", false),
            ("other=x", false),
        ] {
            headers.insert("cookie", HeaderValue::from_static(cookie));
            assert_eq!(Arrival::asks_for_refresh(&Method::GET, &headers), refresh, "{cookie}");
            assert!(!Arrival::asks_for_refresh(&Method::POST, &headers));
        }
    }
}
