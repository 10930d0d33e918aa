//! What a set of headers and a handler disagree about: told to the application, or once to the standard error stream.

use std::fmt;
use std::sync::atomic::{AtomicU8, Ordering};

/// Settings or responses that contradict themselves.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum HeaderConflict {
    /// `Referrer-Policy: no-referrer` makes browsers send `Origin: null` with form posts, which weakens origin checks.
    NoReferrer,
    /// A handler allowed storing a response that carries a nonce, a session, a CSRF token or a cookie; `no-store` was sent instead.
    CacheablePersonalPage,
    /// A policy was not made by `csp!` or by its builder, and holds what they refuse; one that lets nothing in was sent instead.
    UnevaluatedPolicy,
}

impl HeaderConflict {
    /// One line of each kind, once.
    pub(super) fn to_stderr(self) {
        static TOLD: AtomicU8 = AtomicU8::new(0);
        let bit = 1 << self as u8;
        if TOLD.fetch_or(bit, Ordering::Relaxed) & bit == 0 {
            eprintln!("secure-forms: {self}");
        }
    }
}

impl fmt::Display for HeaderConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoReferrer => {
                "Referrer-Policy `no-referrer` makes browsers send `Origin: null` with form posts; origin checks then know less \
                 (`same-origin` hides as much from other sites)"
            }
            Self::UnevaluatedPolicy => {
                "a policy that neither `csp!` nor `Csp::builder` made holds what they refuse; one that lets nothing in is sent instead"
            }
            Self::CacheablePersonalPage => {
                "a response with a nonce, a session, a CSRF token or a cookie was marked as cacheable; `no-store` was sent instead"
            }
        })
    }
}
