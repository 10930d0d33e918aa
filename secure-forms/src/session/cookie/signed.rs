//! Signed cookies: typed values enter and leave as JSON under one signature.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::seal::{self, CookieRefusal};
use super::{CookieName, Cookies, SetCookie};
use crate::crypto::KeyRing;
use crate::session::clock::{Clock, Timestamp};
use crate::session::readable::Readable;

/// Writes and reads signed cookies. Cloning is cheap.
///
/// ```
/// use http::{HeaderMap, header::COOKIE};
/// use secure_forms::cookie::{CookieName, Cookies, SignedCookies};
/// use secure_forms::KeyRing;
///
/// const THEME: CookieName<String> = CookieName::new("__Host-theme");
/// let signed = SignedCookies::new(KeyRing::generate()?);
/// let value = signed.seal(&THEME, &"dark".to_owned())?;
///
/// let mut headers = HeaderMap::new();
/// headers.insert(COOKIE, format!("__Host-theme={value}").parse()?);
/// let theme = signed.get(&Cookies::from_headers(&headers), &THEME)?;
/// assert_eq!(theme.map(|theme| theme.value), Some("dark".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// The signature covers version, key, time, name and value, so a value can neither be changed nor moved to another cookie (CWE-565),
/// and its age is checked here, whatever the browser kept. It does not hide the value: see [`Readable`]. It does not stop a copy from
/// being sent again within its age either: what must end sooner belongs into the application's store.
#[derive(Clone, Debug)]
pub struct SignedCookies {
    keys: KeyRing,
    clock: Clock,
}

/// A value that this application signed, with what the signature says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Opened<T> {
    /// The value.
    pub value: T,
    /// When it was signed first; signing it again does not make it younger.
    pub issued: Timestamp,
    /// Whether an older key signed it, so that [`SignedCookies::reissue`] should sign it again before that key goes.
    pub reissue: bool,
}

impl SignedCookies {
    /// Signs with the first key of the ring, verifies with all.
    pub fn new(keys: KeyRing) -> Self {
        Self { keys, clock: Clock::system() }
    }

    /// Reads the time elsewhere, for tests.
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The `Set-Cookie` line for a new value.
    ///
    /// # Errors
    /// [`CookieError`] if the value is too large for a cookie or cannot be written as JSON.
    pub fn set<T: Readable + Serialize>(&self, name: &CookieName<T>, value: &T) -> Result<SetCookie, CookieError> {
        Ok(name.set(&self.seal(name, value)?, Duration::ZERO))
    }

    /// The value of the request's cookie; none if it is absent or there is more than one.
    ///
    /// # Errors
    /// [`CookieRefusal`] says why a value was refused. Treat it as absent for the visitor; count it in your metrics.
    pub fn get<T: Readable + DeserializeOwned>(
        &self,
        cookies: &Cookies<'_>,
        name: &CookieName<T>,
    ) -> Result<Option<Opened<T>>, CookieRefusal> {
        cookies.get(name.name()).map(|text| self.open(name, text)).transpose()
    }

    /// The line that gives a value its present signature; its issue time stays, so it does not live longer.
    ///
    /// ```
    /// use secure_forms::cookie::{CookieError, CookieName, Opened, SetCookie, SignedCookies};
    ///
    /// /// A cookie of a key that is about to go is signed by the new one.
    /// fn renewed(signed: &SignedCookies, name: &CookieName<String>, opened: &Opened<String>) -> Result<Option<SetCookie>, CookieError> {
    ///     opened.reissue.then(|| signed.reissue(name, opened)).transpose()
    /// }
    /// # let _ = renewed;
    /// ```
    ///
    /// # Errors
    /// As [`set`](Self::set).
    ///
    /// # Security
    /// Ask the session store first: only a live session is signed again, else a stolen cookie of an ended one is renewed.
    pub fn reissue<T: Readable + Serialize>(
        &self,
        name: &CookieName<T>,
        opened: &Opened<T>,
    ) -> Result<SetCookie, CookieError> {
        let text = self.seal_at(name, &opened.value, opened.issued)?;
        let age = opened.issued.age_at(self.clock.now(), name.age_limit());
        Ok(name.set(&text, age.unwrap_or(name.age_limit())))
    }

    /// The signed text of a value, without the line around it.
    ///
    /// # Errors
    /// As [`set`](Self::set).
    pub fn seal<T: Readable + Serialize>(&self, name: &CookieName<T>, value: &T) -> Result<String, CookieError> {
        self.seal_at(name, value, self.clock.now())
    }

    /// The value in signed text.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn open<T: Readable + DeserializeOwned>(
        &self,
        name: &CookieName<T>,
        text: &str,
    ) -> Result<Opened<T>, CookieRefusal> {
        let unsealed = seal::unseal(&self.keys, name.name(), text)?;
        unsealed.issued.age_at(self.clock.now(), name.age_limit())?;
        let value = serde_json::from_slice(&unsealed.payload).map_err(|_| CookieRefusal::Malformed)?;
        Ok(Opened { value, issued: unsealed.issued, reissue: unsealed.by_older_key })
    }

    fn seal_at<T: Serialize>(&self, name: &CookieName<T>, value: &T, at: Timestamp) -> Result<String, CookieError> {
        let payload = serde_json::to_vec(value).map_err(|_| CookieError::NotJson)?;
        seal::seal(&self.keys, name.name(), &payload, at).ok_or(CookieError::TooLarge { bytes: payload.len() })
    }
}

/// Why a value does not become a cookie. Holds no part of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CookieError {
    /// Name and signed value would be longer than the 4096 bytes that browsers keep.
    TooLarge {
        /// Bytes of the value as JSON.
        bytes: usize,
    },
    /// The value cannot be written as JSON, such as a map whose keys are not text.
    NotJson,
}

impl fmt::Display for CookieError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => write!(f, "a value of {bytes} bytes does not fit into a cookie"),
            Self::NotJson => write!(f, "the value of the cookie cannot be written as JSON"),
        }
    }
}

impl Error for CookieError {}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const ROLE: CookieName<String> = CookieName::new("__Host-role").max_age(Duration::from_secs(3600));
    const OLD: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
    const NEW: &str = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";

    fn signed(keys: &str, clock: &Clock) -> SignedCookies {
        SignedCookies::new(KeyRing::parse("app", keys).unwrap()).with_clock(clock.clone())
    }

    fn clock() -> Clock {
        Clock::stopped_at(Timestamp::from_unix(1_700_000_000))
    }

    #[test]
    fn the_server_checks_the_age_itself() {
        let clock = clock();
        let cookies = signed(OLD, &clock);
        let text = cookies.seal(&ROLE, &"admin".into()).unwrap();
        clock.advance(Duration::from_secs(3600));
        assert!(cookies.open(&ROLE, &text).is_ok());
        clock.advance(Duration::from_secs(1));
        assert_eq!(cookies.open(&ROLE, &text), Err(CookieRefusal::Expired));
    }

    #[test]
    fn a_value_of_the_future_is_refused() {
        let (early, late) = (clock(), clock());
        late.advance(Duration::from_secs(61));
        let text = signed(OLD, &late).seal(&ROLE, &"admin".into()).unwrap();
        assert_eq!(signed(OLD, &early).open(&ROLE, &text), Err(CookieRefusal::Future));
        early.advance(Duration::from_secs(1));
        assert!(signed(OLD, &early).open(&ROLE, &text).is_ok());
    }

    #[test]
    fn a_rotated_key_asks_for_a_new_signature_and_keeps_the_issue_time() {
        let clock = clock();
        let text = signed(OLD, &clock).seal(&ROLE, &"admin".into()).unwrap();
        clock.advance(Duration::from_secs(600));
        let rotated = signed(&format!("{NEW},{OLD}"), &clock);
        let opened = rotated.open(&ROLE, &text).unwrap();
        assert!(opened.reissue);

        let line = HeaderValue::from(rotated.reissue(&ROLE, &opened).unwrap());
        let line = line.to_str().unwrap();
        assert!(line.ends_with("; Max-Age=3000"), "{line}");
        let again = line.split(['=', ';']).nth(1).unwrap();
        let again = signed(NEW, &clock).open(&ROLE, again).unwrap();
        assert_eq!((again.issued, again.reissue), (opened.issued, false));
    }

    #[test]
    fn a_payload_of_another_type_is_malformed() {
        const NUMBER: CookieName<u32> = CookieName::new("__Host-role");
        let cookies = signed(OLD, &clock());
        let text = cookies.seal(&ROLE, &"admin".into()).unwrap();
        assert_eq!(cookies.open(&NUMBER, &text), Err(CookieRefusal::Malformed));
    }

    #[test]
    fn too_much_is_refused_before_it_is_sent() {
        let cookies = signed(OLD, &clock());
        assert!(cookies.set(&ROLE, &"x".repeat(3_000)).is_ok());
        assert_eq!(cookies.set(&ROLE, &"x".repeat(3_500)), Err(CookieError::TooLarge { bytes: 3_502 }));
    }
}
