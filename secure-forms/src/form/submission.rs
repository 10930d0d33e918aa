//! What a person sent, and not yet believed: the body, and the envelope in which it came. What extractors take from a
//! request, and what forms bind.

use std::fmt;

use super::problem::ProblemKind;
use crate::request::{Body, BodyProblem};
use crate::route::Next;

/// A submitted form that is not bound yet. It owns the request's bytes; values are decoded in place, so a form that
/// borrows (`&str` fields) borrows from here and allocates nothing. It can be bound once.
///
/// ```
/// use secure_forms::{Form, Submission};
///
/// #[derive(Form)]
/// struct Search<'a> {
///     q: &'a str,
/// }
///
/// let mut submission = Submission::from_urlencoded("q=caf%C3%A9");
/// let search = submission.bind::<Search<'_>>().unwrap();
/// assert_eq!(search.q, "café");
/// ```
///
/// # Security
/// An adapter's submission carries the request's CSRF verdict, and no form is bound against it. `Debug` never shows a byte
/// of the body: it holds passwords.
pub struct Submission {
    pub(super) body: Result<Body, BodyProblem>,
    pub(super) envelope: Option<Box<dyn Envelope>>,
}

/// What came around the body, as an adapter knows it: whether the request may act, and what a page in answer needs.
pub(crate) trait Envelope: Send + Sync {
    /// Whether a form of this name may act; else why not.
    fn verdict(&self, form: &str) -> Result<(), Stop>;

    /// A fresh token for showing the form again; `None` for forms that are sent by GET.
    fn token(&self, form: &str) -> Option<String>;

    /// Where the request wants to go afterwards.
    fn next(&self) -> &Next;

    /// What the client would rather read.
    fn prefers(&self) -> Prefers;
}

/// Why a form may not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The token has expired or is of a session that ended, but a page of this origin sent it: show the form again.
    Stale,
    /// Another site may have sent it.
    Forbidden,
    /// `next` leads off the site, or is there twice.
    BadNext,
}

impl From<Stop> for ProblemKind {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Stale => Self::TokenExpired,
            Stop::Forbidden => Self::Forbidden,
            Stop::BadNext => Self::BadNext,
        }
    }
}

/// What a client would rather read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Prefers {
    #[default]
    Html,
    ProblemJson,
}

impl Submission {
    /// Takes the body of an `application/x-www-form-urlencoded` request, without an envelope: for tests and for programs
    /// that are no web servers.
    pub fn from_urlencoded(body: impl Into<Vec<u8>>) -> Self {
        Self { body: Ok(Body::urlencoded(body.into())), envelope: None }
    }

    /// Takes the query of a URL, without its `?`: a form that was sent by GET.
    pub fn from_query(query: &str) -> Self {
        Self::from_urlencoded(query)
    }

    /// What an adapter took from a request.
    pub(crate) fn in_envelope(body: Result<Body, BodyProblem>, envelope: Box<dyn Envelope>) -> Self {
        Self { body, envelope: Some(envelope) }
    }

    pub(super) fn verdict(&self, form: &str) -> Result<(), Stop> {
        self.envelope.as_ref().map_or(Ok(()), |envelope| envelope.verdict(form))
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("body", &self.body).finish_non_exhaustive()
    }
}
