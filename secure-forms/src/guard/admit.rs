//! Whether a request may reach the handler of a typed route at all: what another site sends does not, and who arrives from
//! another site without the `Strict` session cookie asks once more from here.

use http::request::Parts;

use super::config::FormGuard;
use crate::route::Route;
use crate::session::{Arrival, CsrfExempt, CsrfRefusal, HeaderVerdict};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Admission {
    /// It reaches its handler.
    GoOn,
    /// 403: another site sent it.
    Refuse(CsrfRefusal),
    /// A page that asks for the same address again: [`NoForm::AskAgain`](super::NoForm::AskAgain) is the answer.
    AskAgain,
}

impl FormGuard {
    /// Judges a request for this route by its head; an exemption is noted on it.
    ///
    /// # Security
    /// An adapter calls it for every request that a typed route answers, before the handler: that is what keeps other sites from
    /// routes without a form.
    pub fn admit(&self, route: &Route, parts: &mut Parts) -> Admission {
        if let Some(reason) = route.csrf_exempt {
            parts.extensions.insert(CsrfExempt::dangerously_without_csrf_protection(reason));
            return Admission::GoOn;
        }
        match self.csrf().check_headers(&parts.method, &parts.headers) {
            HeaderVerdict::Refuse(refusal) => Admission::Refuse(CsrfRefusal::Headers(refusal)),
            _ if Arrival::asks_for_refresh(&parts.method, &parts.headers) => Admission::AskAgain,
            HeaderVerdict::Safe | HeaderVerdict::Exempt | HeaderVerdict::GoOn(_) => Admission::GoOn,
        }
    }
}
