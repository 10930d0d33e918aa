//! [`Nonce`]: 128 random bits that exist only if someone asks before the headers leave (CSP Level 3, section 7.1).

use std::fmt;
use std::sync::Arc;

use super::exchange::{Exchange, NonceError};

/// The nonce of one response, for `<script nonce="…">` and `<style nonce="…">`.
///
/// A handler or a template takes it as an argument. Only [`Nonce::value`] makes it exist: the response's policy then names it, and the page
/// is sent with `Cache-Control: no-store`. All handles of one request give the same value.
///
/// ```compile_fail
/// let copied = |nonce: &secure_forms::Nonce| nonce.clone();
/// ```
///
/// ```
/// use secure_forms::csp::NonceError;
/// use secure_forms::{Html, Nonce, html};
///
/// fn greeting(nonce: &Nonce) -> Result<Html, NonceError> {
///     Ok(html! { style nonce=(nonce.value()?) { "main { max-width: 40em }" } })
/// }
///
/// /// For a layout, which has the request's head and no extractors.
/// fn in_a_layout(request: &http::request::Parts) -> Option<Nonce> {
///     Nonce::of_request(&request.extensions)
/// }
/// # let _ = (greeting, in_a_layout);
/// ```
///
/// # Security
/// Stops injected inline scripts (CWE-79), as long as the nonce is written only into tags of your own. It is made by the layer from the
/// operating system's randomness and cannot be made from text, copied, serialised or printed.
///
/// Source: CSP Level 3, sections 2.3.1 and 7.1.
pub struct Nonce {
    exchange: Arc<Exchange>,
}

impl Nonce {
    pub(crate) const fn of(exchange: Arc<Exchange>) -> Self {
        Self { exchange }
    }

    /// The nonce of the answer to this request, if the security headers are put on it: for what has the request's head and is no
    /// handler, such as a layout ([`FormGuard::with_layout`](crate::FormGuard::with_layout)).
    pub fn of_request(extensions: &http::Extensions) -> Option<Self> {
        extensions.get::<Arc<Exchange>>().cloned().map(Self::of)
    }

    /// The value: 22 characters of base64url, which stand in an attribute as they are: `script nonce=(nonce.value()?) { … }` in
    /// [`html!`](crate::html!).
    ///
    /// # Errors
    /// [`NonceError::HeadersSent`] if this is the first time that anyone asks, and the response's headers have left.
    pub fn value(&self) -> Result<&str, NonceError> {
        self.exchange.nonce()
    }
}

impl fmt::Debug for Nonce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonce(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_handles_of_a_request_give_one_value() {
        let exchange = Arc::new(Exchange::default());
        let (one, two) = (Nonce::of(exchange.clone()), Nonce::of(exchange.clone()));
        assert_eq!(one.value(), two.value());
        assert_eq!(exchange.seal().nonce, one.value().ok());
    }

    #[test]
    fn nobody_asked_means_no_nonce() {
        assert_eq!(Exchange::default().seal().nonce, None);
    }

    #[test]
    fn the_first_asking_after_the_headers_left_is_an_error() {
        let exchange = Arc::new(Exchange::default());
        exchange.seal();
        assert_eq!(Nonce::of(exchange).value(), Err(NonceError::HeadersSent));
    }

    #[test]
    fn who_asked_in_time_may_ask_again_later() {
        let exchange = Arc::new(Exchange::default());
        let nonce = Nonce::of(exchange.clone());
        let value = nonce.value().unwrap().to_owned();
        exchange.seal();
        assert_eq!(nonce.value(), Ok(value.as_str()));
    }

    #[test]
    fn two_requests_have_two_nonces_of_128_bits() {
        let (one, two) = (Exchange::default(), Exchange::default());
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
