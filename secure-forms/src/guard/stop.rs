//! Why a form may not act, before anything of it is bound.

use crate::form::ProblemKind;
use crate::request::BodyProblem;

/// Why a form may not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The request's method does not carry such a form.
    Method,
    /// The token in the body cannot be read.
    Body(BodyProblem),
    /// The token has expired or is of a session that ended, but a page of this origin sent it: show the form again.
    Stale,
    /// As `Stale`, from a browser that keeps no cookies.
    NoCookies,
    /// Another site may have sent it.
    Forbidden,
    /// `next` leads off the site, or is there twice.
    BadNext,
}

impl Stop {
    /// Whether a page of this origin sent the form, so that what was typed is shown again.
    pub(crate) fn is_of_own_page(self) -> bool {
        matches!(self, Self::Stale | Self::NoCookies)
    }
}

impl From<Stop> for ProblemKind {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Method => Self::MethodNotAllowed,
            Stop::Body(problem) => Self::Body(problem),
            Stop::Stale => Self::TokenExpired,
            Stop::NoCookies => Self::CookiesNeeded,
            Stop::Forbidden => Self::Forbidden,
            Stop::BadNext => Self::BadNext,
        }
    }
}
