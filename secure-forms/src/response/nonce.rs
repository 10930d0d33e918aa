//! [`Nonce`]: 128 random bits that exist only if someone asks before the headers leave (CSP Level 3, section 7.1).

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use http::HeaderValue;

use crate::crypto::random;

/// The nonce of one response, for `<script nonce="…">` and `<style nonce="…">`.
///
/// A handler or a template takes it as an argument. Only [`Nonce::value`] makes it exist: the response's policy then names it, and the page
/// is sent with `Cache-Control: no-store`. All handles of one request give the same value.
///
/// ```compile_fail
/// let copied = |nonce: &secure_forms::Nonce| nonce.clone();
/// ```
///
/// # Security
/// Stops injected inline scripts (CWE-79), as long as the nonce is written only into tags of your own. It is made by the layer from the
/// operating system's randomness and cannot be made from text, copied, serialised or printed.
///
/// Source: CSP Level 3, sections 2.3.1 and 7.1.
pub struct Nonce {
    page: Arc<Page>,
}

/// Why there is no nonce.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NonceError {
    /// The headers left before anyone asked: no policy could name the nonce any more.
    HeadersSent,
}

impl fmt::Display for NonceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a nonce was asked for after the response's headers had left; ask before the body starts to stream")
    }
}

impl std::error::Error for NonceError {}

impl Nonce {
    pub(crate) const fn of(page: Arc<Page>) -> Self {
        Self { page }
    }

    /// The value: 22 characters of base64url, which stand in an attribute as they are: `script nonce=(nonce.value()?) { … }` in
    /// [`html!`](crate::html!).
    ///
    /// # Errors
    /// [`NonceError::HeadersSent`] if this is the first time that anyone asks, and the response's headers have left.
    pub fn value(&self) -> Result<&str, NonceError> {
        self.page.nonce()
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(…)")
    }
}

/// What a request and its response share: the nonce, if anyone asked, and what else its extractors want of the headers.
#[derive(Default)]
pub(crate) struct Page {
    nonce: OnceLock<String>,
    response_parts: Mutex<ResponseParts>,
}

/// What extractors, which have no response at hand, want of its headers.
#[derive(Default)]
struct ResponseParts {
    headers_sent: bool,
    is_personal: bool,
    cookies: Vec<HeaderValue>,
}

/// A [`Page`] whose headers leave.
pub(crate) struct Sealed<'p> {
    /// The nonce, if anyone asked.
    pub(crate) nonce: Option<&'p str>,
    /// The response shows one person's data.
    pub(crate) is_personal: bool,
    /// `Set-Cookie` lines that no layer has sent yet.
    pub(crate) cookies: Vec<HeaderValue>,
}

impl Page {
    fn nonce(&self) -> Result<&str, NonceError> {
        if let Some(nonce) = self.nonce.get() {
            return Ok(nonce);
        }
        // Held while the nonce is made, so that the headers cannot leave in between.
        let response_parts = self.response_parts();
        match response_parts.headers_sent {
            true => self.nonce.get().map(String::as_str).ok_or(NonceError::HeadersSent),
            false => Ok(self.nonce.get_or_init(random::text::<16>)),
        }
    }

    /// Says that the page holds a session's data or a CSRF token, and must not be stored by anyone.
    pub(crate) fn mark_personal(&self) {
        self.response_parts().is_personal = true;
    }

    /// Sends this `Set-Cookie` line with the response.
    pub(crate) fn set_cookie(&self, line: HeaderValue) {
        self.response_parts().cookies.push(line);
    }

    /// What the headers need; from here on nobody can ask for a nonce for the first time.
    pub(crate) fn seal(&self) -> Sealed<'_> {
        let mut response_parts = self.response_parts();
        response_parts.headers_sent = true;
        let (is_personal, cookies) = (response_parts.is_personal, std::mem::take(&mut response_parts.cookies));
        Sealed { nonce: self.nonce.get().map(String::as_str), is_personal, cookies }
    }

    fn response_parts(&self) -> MutexGuard<'_, ResponseParts> {
        self.response_parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_handles_of_a_request_give_one_value() {
        let page = Arc::new(Page::default());
        let (one, two) = (Nonce::of(page.clone()), Nonce::of(page.clone()));
        assert_eq!(one.value(), two.value());
        assert_eq!(page.seal().nonce, one.value().ok());
    }

    #[test]
    fn nobody_asked_means_no_nonce() {
        assert_eq!(Page::default().seal().nonce, None);
    }

    #[test]
    fn the_first_asking_after_the_headers_left_is_an_error() {
        let page = Arc::new(Page::default());
        page.seal();
        assert_eq!(Nonce::of(page).value(), Err(NonceError::HeadersSent));
    }

    #[test]
    fn who_asked_in_time_may_ask_again_later() {
        let page = Arc::new(Page::default());
        let nonce = Nonce::of(page.clone());
        let value = nonce.value().unwrap().to_owned();
        page.seal();
        assert_eq!(nonce.value(), Ok(value.as_str()));
    }

    #[test]
    fn two_requests_have_two_nonces_of_128_bits() {
        let (one, two) = (Page::default(), Page::default());
        assert_ne!(one.nonce(), two.nonce());
        assert_eq!(one.nonce().unwrap().len(), 22);
    }

    #[test]
    fn the_debug_form_hides_the_value() {
        let nonce = Nonce::of(Arc::default());
        let value = nonce.value().unwrap().to_owned();
        assert!(!format!("{nonce:?}").contains(&value));
    }
}
