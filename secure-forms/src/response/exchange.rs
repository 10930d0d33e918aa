//! What a request and its response share: extractors, which have no response at hand, ask for a nonce, a cookie or `no-store`, and
//! the headers that leave carry it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use http::HeaderValue;

use crate::crypto::random;

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

/// What a request and its response share: the nonce, if anyone asked, and what else its extractors want of the headers.
#[derive(Default)]
pub(crate) struct Exchange {
    nonce: OnceLock<String>,
    response_parts: Mutex<ResponseParts>,
}

/// What extractors, which have no response at hand, want of its headers.
#[derive(Default)]
struct ResponseParts {
    headers_sent: bool,
    is_personal: bool,
    is_in_chosen_language: bool,
    cookies: Vec<HeaderValue>,
}

/// A [`Exchange`] whose headers leave.
pub(crate) struct Sealed<'p> {
    /// The nonce, if anyone asked.
    pub(crate) nonce: Option<&'p str>,
    /// The response shows one person's data.
    pub(crate) is_personal: bool,
    /// `Accept-Language` chose what the response says.
    pub(crate) is_in_chosen_language: bool,
    /// `Set-Cookie` lines that no layer has sent yet.
    pub(crate) cookies: Vec<HeaderValue>,
}

impl Exchange {
    /// The nonce, which exists from the first asking on.
    ///
    /// # Errors
    /// [`NonceError::HeadersSent`].
    pub(super) fn nonce(&self) -> Result<&str, NonceError> {
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

    /// Says that the request's `Accept-Language` chose what the page says, so that a cache keeps one page for each (RFC 9110, 12.5.5).
    pub(crate) fn mark_in_chosen_language(&self) {
        self.response_parts().is_in_chosen_language = true;
    }

    /// Sends this `Set-Cookie` line with the response.
    pub(crate) fn set_cookie(&self, line: HeaderValue) {
        self.response_parts().cookies.push(line);
    }

    /// What the headers need; from here on nobody can ask for a nonce for the first time.
    pub(crate) fn seal(&self) -> Sealed<'_> {
        let mut response_parts = self.response_parts();
        response_parts.headers_sent = true;
        Sealed {
            nonce: self.nonce.get().map(String::as_str),
            is_personal: response_parts.is_personal,
            is_in_chosen_language: response_parts.is_in_chosen_language,
            cookies: std::mem::take(&mut response_parts.cookies),
        }
    }

    fn response_parts(&self) -> MutexGuard<'_, ResponseParts> {
        self.response_parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
