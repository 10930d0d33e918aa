//! The identifiers that cookies carry for signing in: random bits enter, cookie text and the hashes that a store keeps leave. What a
//! session means, how long it lives and when it ends is decided by the application's store.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::HeaderMap;
use http::{HeaderValue, Method};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use super::cookie::{CookieName, Cookies, SameSite};
use super::readable::Readable;
use crate::crypto::{mac, random};

const DAY_SECONDS: u64 = 24 * 60 * 60;

/// `__Host-session`: Secure, HttpOnly, `SameSite=Strict`, `Path=/`, forgotten when the browser closes and refused after 30 days in any
/// case; the store ends sessions sooner.
///
/// # Security
/// Set it when a person signs in, with a new [`SessionId`], and when a rotated key asks for a new signature; never because it was
/// absent, else a visitor from another site would be given an empty session over the one that `Strict` kept back.
pub const SESSION_COOKIE: CookieName<SessionId> =
    CookieName::new("__Host-session").until_browser_closes(Duration::from_secs(30 * DAY_SECONDS));

/// `__Host-remember`: keeps a person signed in for 30 days, protected as the session cookie is.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::{CookieName, REMEMBER_COOKIE, RememberToken};
///
/// const TWO_WEEKS: CookieName<RememberToken> = REMEMBER_COOKIE.max_age(Duration::from_secs(14 * 86_400));
/// assert_eq!(REMEMBER_COOKIE.age_limit(), Duration::from_secs(30 * 86_400));
/// ```
pub const REMEMBER_COOKIE: CookieName<RememberToken> =
    CookieName::new("__Host-remember").max_age(Duration::from_secs(30 * DAY_SECONDS));

/// `__Host-arrival`: optional, `SameSite=Lax`, without any authority. See [`Arrival`].
pub const ARRIVAL_COOKIE: CookieName<Arrival> =
    CookieName::new("__Host-arrival").same_site(SameSite::Lax).max_age(Duration::from_secs(30 * DAY_SECONDS));

/// 128 random bits. Compared in constant time, never shown.
#[derive(Clone, Copy, Eq)]
struct Id([u8; 16]);

impl Id {
    fn random() -> Self {
        Self(random::bytes())
    }

    fn parse(text: &str) -> Result<Self, IdError> {
        // 22 characters: `decode_slice` would otherwise take shorter text too.
        let mut id = [0; 16];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut id) {
            Ok(16) => Ok(Self(id)),
            _ => Err(IdError),
        }
    }

    fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    fn stored_hash(&self, domain: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(domain).chain_update(self.0).finalize())
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        mac::equal(&self.0, &other.0)
    }
}

/// Text that is no identifier: not 22 characters of base64url.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier of 128 bits in base64url")
    }
}

impl Error for IdError {}

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
    /// use secure_forms::SessionId;
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
    /// use secure_forms::VisitorId;
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

/// Signs a person in again after the session ended: a selector that finds the row, and a verifier of which the row keeps the hash.
///
/// ```
/// use secure_forms::RememberToken;
///
/// let token = RememberToken::generate();
/// let (row, hash) = (token.selector(), token.stored_hash());
/// assert!(token.verifies(&hash));
///
/// let next = token.rotated();
/// assert_eq!(next.selector(), row);
/// assert!(!next.verifies(&hash));
/// ```
///
/// # Security
/// Replace the stored hash by that of [`rotated`](Self::rotated) at each use. A verifier that does not match its row was used before:
/// someone copied the cookie, so end the whole family (allow a short grace for parallel requests). A look-up by the selector tells
/// nothing about the verifier, which is compared in constant time.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct RememberToken {
    selector: Id,
    verifier: Id,
}

impl RememberToken {
    /// A new family: selector and verifier of 128 random bits each.
    pub fn generate() -> Self {
        Self { selector: Id::random(), verifier: Id::random() }
    }

    /// The next token of the same family.
    pub fn rotated(&self) -> Self {
        Self { verifier: Id::random(), ..*self }
    }

    /// Finds the row: 22 characters of base64url. Not a secret by itself.
    pub fn selector(&self) -> String {
        self.selector.text()
    }

    /// What the row keeps of the verifier: SHA-256, 43 characters of base64url.
    pub fn stored_hash(&self) -> String {
        self.verifier.stored_hash(b"secure-forms remember")
    }

    /// Whether the row's hash is that of this token, in constant time.
    pub fn verifies(&self, stored_hash: &str) -> bool {
        mac::equal(self.stored_hash().as_bytes(), stored_hash.as_bytes())
    }
}

impl fmt::Debug for RememberToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RememberToken(…)")
    }
}

impl Serialize for RememberToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}.{}", self.selector.text(), self.verifier.text()))
    }
}

impl<'de> Deserialize<'de> for RememberToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (selector, verifier) = text.split_once('.').ok_or_else(|| de::Error::custom(IdError))?;
        let read = |text| Id::parse(text).map_err(de::Error::custom);
        Ok(Self { selector: read(selector)?, verifier: read(verifier)? })
    }
}

impl Readable for RememberToken {}

/// The value of [`ARRIVAL_COOKIE`]: says that this browser has been here signed in, and nothing else.
///
/// A person who follows a link from another site arrives without the `Strict` session cookie and would look signed out. The arrival
/// cookie is `Lax`, so it does come along: answer such a request with a page that asks for the same address again from here.
///
/// ```
/// use http::{HeaderMap, HeaderValue, Method};
/// use secure_forms::Arrival;
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
            && is("sec-fetch-site", "cross-site")
            && is("sec-fetch-mode", "navigate")
            && has(ARRIVAL_COOKIE.name())
            && !has(SESSION_COOKIE.name())
            && !has(REMEMBER_COOKIE.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookies_carry_what_the_guide_asks_for() {
        let line = |line: HeaderValue| line.to_str().unwrap().to_owned();
        let strict = "; Path=/; Secure; HttpOnly; SameSite=Strict";
        assert_eq!(line(SESSION_COOKIE.set("v", Duration::ZERO).into()), format!("__Host-session=v{strict}"));
        assert_eq!(
            line(REMEMBER_COOKIE.set("v", Duration::ZERO).into()),
            format!("__Host-remember=v{strict}; Max-Age=2592000")
        );
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
    fn the_hash_of_a_session_is_not_the_hash_of_a_remember_token() {
        let id = Id::random();
        let token = RememberToken { selector: id, verifier: id };
        assert_ne!(SessionId(id).stored_hash(), token.stored_hash());
    }

    #[test]
    fn a_remember_token_survives_its_cookie() {
        let token = RememberToken::generate();
        let json = serde_json::to_string(&token).unwrap();
        assert_eq!(serde_json::from_str::<RememberToken>(&json).unwrap(), token);
        assert!(serde_json::from_str::<RememberToken>("\"a.b\"").is_err());
        assert!(serde_json::from_str::<RememberToken>("\"\"").is_err());
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
