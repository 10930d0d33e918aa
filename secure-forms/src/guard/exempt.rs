//! Whether another site may have sent a request to a router whose routes the library does not know, and which routes are exempt.

use http::Request;

use super::config::FormGuard;
use crate::route::{Route, Routes, is_exempt};
use crate::session::{Csrf, CsrfRefusal, HeaderVerdict};

/// Refuses what another site sends, by the head of the request alone: for routes without a form, and before any handler.
///
/// ```
/// use http::Request;
/// use secure_forms::csrf::OwnOrigins;
/// use secure_forms::guard::CsrfGate;
/// use secure_forms::{FormGuard, KeyRing};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let gate = CsrfGate::new(&guard);
/// let from = |origin| Request::post("/like").header("origin", origin).body(()).unwrap();
/// assert!(gate.check(&from("https://app.example")).is_ok());
/// assert!(gate.check(&from("https://evil.example")).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Stops CWE-352 in browsers that send `Sec-Fetch-Site` or `Origin`. A request without both goes on, as those of programs are: what
/// changes something with a visitor's cookie should be a form, whose token does not depend on the browser.
#[derive(Clone, Debug)]
pub struct CsrfGate {
    csrf: Csrf,
    typed: &'static [Route],
}

impl CsrfGate {
    /// Judges by the guard's own and listed origins.
    #[must_use]
    pub fn new(guard: &FormGuard) -> Self {
        Self { csrf: guard.csrf().clone(), typed: &[] }
    }

    /// Lets the variants of an enum of routes pass that are exempt.
    #[must_use]
    pub fn exemptions_of<R: Routes>(self) -> Self {
        Self { typed: R::ROUTES, ..self }
    }

    /// Lets a request go on.
    ///
    /// # Errors
    /// Another site sent it: 403.
    pub fn check<B>(&self, request: &Request<B>) -> Result<(), CsrfRefusal> {
        match self.csrf.check_headers(request.method(), request.headers()) {
            HeaderVerdict::Refuse(refusal) if !is_exempt(self.typed, request.method(), request.uri().path()) => {
                Err(CsrfRefusal::Headers(refusal))
            }
            HeaderVerdict::Safe | HeaderVerdict::Exempt | HeaderVerdict::GoOn(_) | HeaderVerdict::Refuse(_) => Ok(()),
        }
    }
}
