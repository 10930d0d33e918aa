//! [`Next`]: where to go afterwards, as the request asked for it. The query of the URL and the `next` values of a body enter, a
//! [`SafeRedirect`] or a typed refusal leaves. URL Standard, section 5 (urlencoded), for the decoding.

use std::borrow::Cow;
use std::fmt;

use secure_forms_core::path::{Refusal, Undecodable, decode_query_value};

use super::redirect::{RedirectTarget, SafeRedirect};

/// Where the request wants to go after this step; often nowhere.
///
/// Frameworks' adapters make it an extractor; [`Next::from_query`] is the same without a framework.
///
/// ```
/// use secure_forms::{Next, NextError, safe_path};
/// let next = Next::from_query(Some("next=%2Fusers%2F42&theme=dark"))?;
/// assert_eq!(next.next_or(safe_path!("/home")).as_str(), "/users/42");
///
/// let none = Next::from_query(Some("next="))?;
/// assert_eq!(none.next_or(safe_path!("/home")).as_str(), "/home");
/// # Ok::<(), NextError>(())
/// ```
///
/// # Security
/// Stops open redirects (CWE-601). The answer to a refusal is a [`NextPolicy`]: 400, or the fallback.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Next(Option<SafeRedirect>);

impl Next {
    /// Reads the query of a URL, without its `?`. An empty or absent `next` is none.
    ///
    /// ```
    /// use secure_forms::{Next, NextError};
    /// assert!(Next::from_query(None)?.target().is_none());
    /// assert_eq!(Next::from_query(Some("next=/a&next=/b")), Err(NextError::Repeated));
    /// # Ok::<(), NextError>(())
    /// ```
    ///
    /// # Errors
    /// [`NextError`] for a target that the rule refuses, for two of them, and for text that cannot be decoded.
    pub fn from_query(query: Option<&str>) -> Result<Self, NextError> {
        Self::from_query_and_body(query, [])
    }

    /// As [`Next::from_query`], for a form that may carry `next` too. `body` are its `next` values, decoded.
    ///
    /// ```
    /// use secure_forms::{Next, NextError};
    /// assert_eq!(Next::from_query_and_body(Some("next=/a"), ["/a"]), Err(NextError::Repeated));
    /// assert_eq!(Next::from_query_and_body(None, ["/a"])?.target().map(|target| target.as_str()), Some("/a"));
    /// # Ok::<(), NextError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Next::from_query`]; one in the query and one in the body are two.
    pub fn from_query_and_body<'b>(
        query: Option<&str>,
        body: impl IntoIterator<Item = &'b str>,
    ) -> Result<Self, NextError> {
        let mut found = None;
        for pair in query.unwrap_or_default().split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if decode_query_value(name).is_ok_and(|name| name == "next") && found.replace(value).is_some() {
                return Err(NextError::Repeated);
            }
        }
        let from_query = found.map(decode_query_value).transpose().map_err(NextError::Malformed)?;
        let mut from_body = body.into_iter().map(Cow::Borrowed);
        let first = from_query.or_else(|| from_body.next());
        if from_body.next().is_some() {
            return Err(NextError::Repeated);
        }
        let text = first.unwrap_or_default();
        if text.is_empty() {
            return Ok(Self(None));
        }
        SafeRedirect::from_next(&text).map(|target| Self(Some(target))).map_err(NextError::Refused)
    }

    /// The target, if the request named one.
    ///
    /// ```
    /// assert!(secure_forms::Next::default().target().is_none());
    /// ```
    #[must_use]
    pub fn target(&self) -> Option<&SafeRedirect> {
        self.0.as_ref()
    }

    /// The target, or `fallback` where the request named none.
    ///
    /// ```
    /// use secure_forms::{Next, safe_path};
    /// assert_eq!(Next::default().next_or(safe_path!("/home")).as_str(), "/home");
    /// ```
    #[must_use]
    pub fn next_or(self, fallback: impl RedirectTarget) -> SafeRedirect {
        self.0.unwrap_or_else(|| fallback.into_redirect())
    }
}

/// What a refused `next` leads to.
///
/// ```
/// use secure_forms::{Next, NextError, NextPolicy};
/// let evil = || Next::from_query(Some("next=//evil.test"));
/// assert!(matches!(NextPolicy::BadRequest.apply(evil()), Err(NextError::Refused(_))));
/// assert_eq!(NextPolicy::FallBack.apply(evil()), Ok(Next::default()));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum NextPolicy {
    /// 400: the request is wrong, and says so.
    #[default]
    BadRequest,
    /// As if there were no `next`. A repeated or malformed one stays an error.
    FallBack,
}

impl NextPolicy {
    /// Applies the policy to what was read; see the type's example.
    ///
    /// # Errors
    /// The error that was read, unless the policy is to fall back and the rule refused the target.
    pub fn apply(self, read: Result<Next, NextError>) -> Result<Next, NextError> {
        match (self, read) {
            (Self::FallBack, Err(NextError::Refused(_))) => Ok(Next(None)),
            (_, read) => read,
        }
    }
}

/// Why `next` could not be read. The status is 400.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum NextError {
    /// The redirect rule refused it.
    Refused(Refusal),
    /// There are two.
    Repeated,
    /// A bad percent triplet, or bytes that are not UTF-8.
    Malformed(Undecodable),
}

impl fmt::Display for NextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Repeated => f.write_str("`next` is given twice"),
            Self::Malformed(Undecodable::BadTriplet) => {
                f.write_str("`next` holds a `%` without two hexadecimal digits")
            }
            Self::Malformed(Undecodable::NotUtf8) => f.write_str("`next` is not UTF-8"),
        }
    }
}

impl std::error::Error for NextError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(query: &str) -> Result<Option<String>, NextError> {
        Next::from_query(Some(query)).map(|next| next.target().map(ToString::to_string))
    }

    #[test]
    fn the_value_is_decoded_exactly_once() {
        assert_eq!(target("next=%2Fa%252Fb"), Ok(Some("/a%2Fb".to_owned())));
        assert_eq!(target("next=/a+b"), Ok(Some("/a%20b".to_owned())));
        assert_eq!(target("n%65xt=/a"), Ok(Some("/a".to_owned())));
    }

    #[test]
    fn two_values_are_an_error_even_when_one_is_empty() {
        assert_eq!(target("next=/a&next="), Err(NextError::Repeated));
        assert_eq!(target("next&n%65xt=/a"), Err(NextError::Repeated));
        assert_eq!(Next::from_query_and_body(Some("next="), ["/a"]), Err(NextError::Repeated));
        assert_eq!(Next::from_query_and_body(None, ["/a", "/a"]), Err(NextError::Repeated));
    }

    #[test]
    fn bad_encoding_is_never_read_as_something_else() {
        assert_eq!(target("next=/%zz"), Err(NextError::Malformed(Undecodable::BadTriplet)));
        assert_eq!(target("next=/%ff"), Err(NextError::Malformed(Undecodable::NotUtf8)));
    }

    #[test]
    fn other_parameters_are_left_alone() {
        assert_eq!(target("a=%zz&nexts=//evil.test&=&next=/ok&&"), Ok(Some("/ok".to_owned())));
    }
}
