//! The bytes that a person sent, owned, and not yet believed: what extractors take from the request and forms bind.

use std::fmt;

/// A submitted form that is not bound yet. It owns the request's bytes; values are decoded in place, so a form that
/// borrows (`&str` fields) borrows from here and allocates nothing.
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
/// `Debug` shows the length and never a byte of the body: it holds passwords.
pub struct Submission {
    body: Vec<u8>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// As it came from the network.
    Encoded,
    /// Decoded in place: the separators are gone, so it cannot be read again.
    Spent,
}

impl Submission {
    /// Takes the body of an `application/x-www-form-urlencoded` request.
    pub fn from_urlencoded(body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), state: State::Encoded }
    }

    /// Takes the query of a URL, without its `?`: a form that was sent by GET.
    pub fn from_query(query: &str) -> Self {
        Self::from_urlencoded(query)
    }

    /// The bytes, once: a second reading would decode what was decoded before.
    pub(crate) fn take_encoded(&mut self) -> Option<&mut [u8]> {
        match std::mem::replace(&mut self.state, State::Spent) {
            State::Encoded => Some(&mut self.body),
            State::Spent => None,
        }
    }
}

impl fmt::Debug for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Submission").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}
