//! The layers together: what the headers say and what the token says become one verdict.

use std::fmt;

use super::headers::{Evidence, HeaderRefusal, HeaderVerdict};
use super::token::CsrfError;

/// What to do with a request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[must_use]
pub enum CsrfVerdict {
    /// Go on.
    Pass,
    /// Execute nothing and show the form again with its text in place and a new token: an own page sent it, but its token has
    /// expired or belongs to a session that ended. Files must be chosen again.
    Rerender(CsrfError),
    /// Answer 403.
    Refuse(CsrfRefusal),
}

/// Which layer refused.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum CsrfRefusal {
    /// `Sec-Fetch-Site` or `Origin`.
    Headers(HeaderRefusal),
    /// The token.
    Token(CsrfError),
}

impl HeaderVerdict {
    /// The verdict of all layers. A token that was right once is forgiven, by showing the form again, only with positive evidence that a
    /// page of this origin sent it: another site must not be able to fill in a form for its visitor.
    ///
    /// ```
    /// use secure_forms::csrf::{CsrfError, CsrfRefusal, CsrfVerdict, Evidence, HeaderVerdict};
    ///
    /// let proven = HeaderVerdict::GoOn(Evidence::SameOrigin);
    /// assert_eq!(proven.with_token(Ok(())), CsrfVerdict::Pass);
    /// assert_eq!(proven.with_token(Err(CsrfError::Expired)), CsrfVerdict::Rerender(CsrfError::Expired));
    ///
    /// let silent = HeaderVerdict::GoOn(Evidence::Missing);
    /// let refused = CsrfVerdict::Refuse(CsrfRefusal::Token(CsrfError::Expired));
    /// assert_eq!(silent.with_token(Err(CsrfError::Expired)), refused);
    /// ```
    pub fn with_token(self, token: Result<(), CsrfError>) -> CsrfVerdict {
        match (self, token) {
            (Self::Refuse(refusal), _) => CsrfVerdict::Refuse(CsrfRefusal::Headers(refusal)),
            (Self::Safe | Self::Exempt, _) | (Self::GoOn(_), Ok(())) => CsrfVerdict::Pass,
            (Self::GoOn(Evidence::SameOrigin), Err(error)) if error.was_right_once() => CsrfVerdict::Rerender(error),
            (Self::GoOn(_), Err(error)) => CsrfVerdict::Refuse(CsrfRefusal::Token(error)),
        }
    }
}

impl fmt::Display for CsrfRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Headers(refusal) => write!(f, "refused by the request's headers: {refusal:?}"),
            Self::Token(error) => error.fmt(f),
        }
    }
}

/// Leaves one path without CSRF protection, where an adapter's layer takes it (for axum `CsrfLayer::exempt`).
///
/// ```
/// use secure_forms::csrf::CsrfExempt;
///
/// let webhook = CsrfExempt::dangerously_without_csrf_protection("the payment provider signs the body");
/// assert_eq!(webhook.reason(), "the payment provider signs the body");
/// ```
///
/// # Security
/// Right for a route that looks at no cookie, such as a webhook whose body is signed. On any other, every site can act for its visitors.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CsrfExempt {
    reason: &'static str,
}

impl CsrfExempt {
    /// The reason is for the reviewer.
    ///
    /// # Security
    /// Every site can send what the route takes, with the cookies of its visitors: right where no cookie is looked at.
    pub const fn dangerously_without_csrf_protection(reason: &'static str) -> Self {
        Self { reason }
    }

    /// Why the route is exempt.
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROVEN: HeaderVerdict = HeaderVerdict::GoOn(Evidence::SameOrigin);
    const SILENT: HeaderVerdict = HeaderVerdict::GoOn(Evidence::Missing);
    const ALL: [CsrfError; 8] = [
        CsrfError::Missing,
        CsrfError::Malformed,
        CsrfError::UnknownKey,
        CsrfError::Forged,
        CsrfError::WrongForm,
        CsrfError::WrongSession,
        CsrfError::Future,
        CsrfError::Expired,
    ];

    #[test]
    fn a_good_token_passes_unless_the_headers_refuse() {
        let refused = HeaderVerdict::Refuse(HeaderRefusal::CrossSite);
        assert_eq!(PROVEN.with_token(Ok(())), CsrfVerdict::Pass);
        assert_eq!(SILENT.with_token(Ok(())), CsrfVerdict::Pass);
        assert_eq!(refused.with_token(Ok(())), CsrfVerdict::Refuse(CsrfRefusal::Headers(HeaderRefusal::CrossSite)));
    }

    #[test]
    fn an_honest_mistake_is_shown_again_with_evidence_only() {
        for error in [CsrfError::Expired, CsrfError::WrongSession, CsrfError::UnknownKey] {
            assert_eq!(PROVEN.with_token(Err(error)), CsrfVerdict::Rerender(error));
            assert_eq!(SILENT.with_token(Err(error)), CsrfVerdict::Refuse(CsrfRefusal::Token(error)));
        }
    }

    #[test]
    fn no_failing_token_ever_passes() {
        for error in ALL {
            assert_ne!(PROVEN.with_token(Err(error)), CsrfVerdict::Pass, "{error:?}");
            assert_ne!(SILENT.with_token(Err(error)), CsrfVerdict::Pass, "{error:?}");
        }
    }
}
