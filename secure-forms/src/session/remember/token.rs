//! The remember-me cookie: a selector that finds a row, and a verifier of which the row keeps the hash.

use std::fmt;
use std::time::Duration;

use secure_forms_core::protocol;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::crypto::mac;
use crate::session::clock::DAY_SECONDS;
use crate::session::cookie::CookieName;
use crate::session::id::{Id, IdError};
use crate::session::readable::Readable;

/// `__Host-remember`: keeps a person signed in for 30 days, protected as the session cookie is.
///
/// ```
/// use std::time::Duration;
/// use secure_forms::cookie::CookieName;
/// use secure_forms::session::{REMEMBER_COOKIE, RememberToken};
///
/// const TWO_WEEKS: CookieName<RememberToken> = REMEMBER_COOKIE.max_age(Duration::from_secs(14 * 86_400));
/// assert_eq!(REMEMBER_COOKIE.age_limit(), Duration::from_secs(30 * 86_400));
/// ```
pub const REMEMBER_COOKIE: CookieName<RememberToken> =
    CookieName::new(protocol::REMEMBER_COOKIE).max_age(Duration::from_secs(30 * DAY_SECONDS));

/// Signs a person in again after the session ended: a selector that finds the row, and a verifier of which the row keeps the hash.
///
/// ```
/// use secure_forms::session::RememberToken;
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
/// A token is good once. [`RememberMe`](crate::session::RememberMe) decides what a request with one means: it replaces the token at each use, and
/// tells when a copy was used. A look-up by the selector tells nothing about the verifier, which is compared in constant time.
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

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::session::identity::SessionId;

    #[test]
    fn the_remember_cookie_carries_what_the_guide_asks_for() {
        let line = HeaderValue::from(REMEMBER_COOKIE.set("v", Duration::ZERO));
        assert_eq!(line, "__Host-remember=v; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=2592000");
    }

    #[test]
    fn the_hash_of_a_session_is_not_the_hash_of_a_remember_token() {
        let token = RememberToken::generate();
        let session = SessionId::parse(&token.verifier.text()).unwrap();
        assert_ne!(session.stored_hash(), token.stored_hash());
    }

    #[test]
    fn a_remember_token_survives_its_cookie() {
        let token = RememberToken::generate();
        let json = serde_json::to_string(&token).unwrap();
        assert_eq!(serde_json::from_str::<RememberToken>(&json).unwrap(), token);
        assert!(serde_json::from_str::<RememberToken>("\"a.b\"").is_err());
        assert!(serde_json::from_str::<RememberToken>("\"\"").is_err());
    }
}
