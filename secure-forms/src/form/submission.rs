//! What a person sent, and not yet believed: the body, and the envelope in which it came. What extractors take from a
//! request, and what forms bind.

use std::fmt;
use std::sync::Arc;

use super::page_context::PageContext;
use super::problem::ProblemKind;
use super::spec::FormSpec;
use crate::request::{Body, BodyProblem};
use crate::route::ReturnTo;

/// A submitted form that is not bound yet. It owns the request's bytes; values are decoded in place, so a form that
/// borrows (`&str` fields) borrows from here and allocates nothing. It can be bound once.
///
/// An adapter's extractor makes it from a request; tests make it with the module `testing` (a feature of that name).
///
/// ```
/// use secure_forms::{Form, testing};
///
/// #[derive(Form)]
/// struct Search<'a> {
///     q: &'a str,
/// }
///
/// let mut submission = testing::submission("q=caf%C3%A9");
/// let search = submission.bind::<Search<'_>>().unwrap();
/// assert_eq!(search.q, "café");
/// ```
///
/// # Security
/// An adapter's submission carries the request's verdict (its method, its headers, its token), and no form is bound against
/// it. `Debug` never shows a byte of the body: it holds passwords.
pub struct Submission {
    pub(super) body: Result<Body, BodyProblem>,
    pub(super) envelope: Option<Arc<dyn Envelope>>,
}

/// What came around the body, as the guard knows it: whether the request may act, and what a page in answer needs.
pub(crate) trait Envelope: Send + Sync {
    /// Whether this form may act; else why not.
    fn verdict(&self, form: &FormSpec) -> Result<(), Stop>;

    /// What a page that shows this form in answer needs, with a fresh token.
    fn page(&self, form: &FormSpec) -> PageContext;

    /// Where the request wants to go afterwards.
    fn return_to(&self) -> &ReturnTo;
}

/// Why a form may not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The request's method does not carry such a form.
    Method,
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
            Stop::Stale => Self::TokenExpired,
            Stop::NoCookies => Self::CookiesNeeded,
            Stop::Forbidden => Self::Forbidden,
            Stop::BadNext => Self::BadNext,
        }
    }
}

impl Submission {
    /// Takes the text of an `application/x-www-form-urlencoded` body or of a query, of which nobody knows who sent it: for
    /// programs that are no web servers. Tests use `testing::submission`.
    ///
    /// ```
    /// use secure_forms::{Form, Submission};
    ///
    /// #[derive(Form)]
    /// struct Import {
    ///     name: String,
    /// }
    ///
    /// let mut line = Submission::dangerously_without_request("name=Ada", "a line of a file that this program wrote");
    /// assert_eq!(line.bind::<Import>().unwrap().name, "Ada");
    /// ```
    ///
    /// # Security
    /// The `Valid` that is bound from it proves the form's rules alone, and not that a page of this site sent it (CWE-352).
    /// The reason is for the reviewer.
    pub fn dangerously_without_request(text: impl Into<Vec<u8>>, reason: &'static str) -> Self {
        let _ = reason;
        Self { body: Ok(Body::urlencoded(text.into())), envelope: None }
    }

    /// What the guard took from a request.
    pub(crate) fn in_envelope(body: Result<Body, BodyProblem>, envelope: Arc<dyn Envelope>) -> Self {
        Self { body, envelope: Some(envelope) }
    }

    pub(super) fn verdict(&self, form: &FormSpec) -> Result<(), Stop> {
        self.envelope.as_ref().map_or(Ok(()), |envelope| envelope.verdict(form))
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("body", &self.body).finish_non_exhaustive()
    }
}
