//! [`ReturnTo`]: where to go afterwards, as the request asked for it. The query of the URL and the `next` values of a body enter, a
//! [`SafeRedirect`] or a typed refusal leaves. URL Standard, section 5 (urlencoded), for the decoding.

use std::borrow::Cow;
use std::fmt;

use secure_forms_core::path::Refusal;
use secure_forms_core::percent::{Undecodable, decode_query_value};
use secure_forms_core::protocol::RETURN_TO_FIELD;

use super::pairs::one_value;
use super::redirect::{RedirectTarget, SafeRedirect};

/// Where the request wants to go after this step; often nowhere.
///
/// Frameworks' adapters make it an extractor; [`ReturnTo::from_query`] is the same without a framework.
///
/// ```
/// use secure_forms::redirect::ReturnToError;
/// use secure_forms::{ReturnTo, safe_path};
/// let next = ReturnTo::from_query(Some("next=%2Fusers%2F42&theme=dark"))?;
/// assert_eq!(next.return_to_or(safe_path!("/home")).as_str(), "/users/42");
///
/// let none = ReturnTo::from_query(Some("next="))?;
/// assert_eq!(none.return_to_or(safe_path!("/home")).as_str(), "/home");
/// # Ok::<(), ReturnToError>(())
/// ```
///
/// # Security
/// Stops open redirects (CWE-601). The answer to a refusal is a [`ReturnToPolicy`]: 400, or the fallback.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ReturnTo(Option<SafeRedirect>);

impl ReturnTo {
    /// Reads the query of a URL, without its `?`. An empty or absent `next` is none.
    ///
    /// ```
    /// use secure_forms::redirect::ReturnToError;
    /// use secure_forms::ReturnTo;
    /// assert!(ReturnTo::from_query(None)?.target().is_none());
    /// assert_eq!(ReturnTo::from_query(Some("next=/a&next=/b")), Err(ReturnToError::Repeated));
    /// # Ok::<(), ReturnToError>(())
    /// ```
    ///
    /// # Errors
    /// [`ReturnToError`] for a target that the rule refuses, for two of them, and for text that cannot be decoded.
    pub fn from_query(query: Option<&str>) -> Result<Self, ReturnToError> {
        Self::from_query_and_body(query, [])
    }

    /// As [`ReturnTo::from_query`], for a form that may carry `next` too. `body` are its `next` values, decoded.
    ///
    /// ```
    /// use secure_forms::redirect::ReturnToError;
    /// use secure_forms::ReturnTo;
    /// assert_eq!(ReturnTo::from_query_and_body(Some("next=/a"), ["/a"]), Err(ReturnToError::Repeated));
    /// assert_eq!(ReturnTo::from_query_and_body(None, ["/a"])?.target().map(|target| target.as_str()), Some("/a"));
    /// # Ok::<(), ReturnToError>(())
    /// ```
    ///
    /// # Errors
    /// As [`ReturnTo::from_query`]; one in the query and one in the body are two.
    pub fn from_query_and_body<'b>(
        query: Option<&str>,
        body: impl IntoIterator<Item = &'b str>,
    ) -> Result<Self, ReturnToError> {
        let found = one_value(query.unwrap_or_default(), RETURN_TO_FIELD).map_err(|_| ReturnToError::Repeated)?;
        let from_query = found.map(decode_query_value).transpose().map_err(ReturnToError::Malformed)?;
        let mut from_body = body.into_iter().map(Cow::Borrowed);
        let first = from_query.or_else(|| from_body.next());
        if from_body.next().is_some() {
            return Err(ReturnToError::Repeated);
        }
        let text = first.unwrap_or_default();
        if text.is_empty() {
            return Ok(Self(None));
        }
        SafeRedirect::from_next(&text).map(|target| Self(Some(target))).map_err(ReturnToError::Refused)
    }

    /// The target, if the request named one.
    ///
    /// ```
    /// assert!(secure_forms::ReturnTo::default().target().is_none());
    /// ```
    #[must_use]
    pub fn target(&self) -> Option<&SafeRedirect> {
        self.0.as_ref()
    }

    /// The target, or `fallback` where the request named none.
    ///
    /// ```
    /// use secure_forms::{ReturnTo, safe_path};
    /// assert_eq!(ReturnTo::default().return_to_or(safe_path!("/home")).as_str(), "/home");
    /// ```
    #[must_use]
    pub fn return_to_or(self, fallback: impl RedirectTarget) -> SafeRedirect {
        self.0.unwrap_or_else(|| fallback.into_redirect())
    }
}

/// What a refused `next` leads to.
///
/// ```
/// use secure_forms::redirect::{ReturnToError, ReturnToPolicy};
/// use secure_forms::ReturnTo;
/// let evil = || ReturnTo::from_query(Some("next=//evil.test"));
/// assert!(matches!(ReturnToPolicy::BadRequest.apply(evil()), Err(ReturnToError::Refused(_))));
/// assert_eq!(ReturnToPolicy::FallBack.apply(evil()), Ok(ReturnTo::default()));
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum ReturnToPolicy {
    /// 400: the request is wrong, and says so.
    #[default]
    BadRequest,
    /// As if there were no `next`. A repeated or malformed one stays an error.
    FallBack,
}

impl ReturnToPolicy {
    /// Applies the policy to what was read; see the type's example.
    ///
    /// # Errors
    /// The error that was read, unless the policy is to fall back and the rule refused the target.
    pub fn apply(self, read: Result<ReturnTo, ReturnToError>) -> Result<ReturnTo, ReturnToError> {
        match (self, read) {
            (Self::FallBack, Err(ReturnToError::Refused(_))) => Ok(ReturnTo(None)),
            (Self::BadRequest | Self::FallBack, read) => read,
        }
    }
}

/// Why `next` could not be read. The status is 400.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ReturnToError {
    /// The redirect rule refused it.
    Refused(Refusal),
    /// There are two.
    Repeated,
    /// A bad percent triplet, or bytes that are not UTF-8.
    Malformed(Undecodable),
}

impl fmt::Display for ReturnToError {
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

impl std::error::Error for ReturnToError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(query: &str) -> Result<Option<String>, ReturnToError> {
        ReturnTo::from_query(Some(query)).map(|next| next.target().map(ToString::to_string))
    }

    #[test]
    fn the_value_is_decoded_exactly_once() {
        assert_eq!(target("next=%2Fa%252Fb"), Ok(Some("/a%2Fb".to_owned())));
        assert_eq!(target("next=/a+b"), Ok(Some("/a%20b".to_owned())));
        assert_eq!(target("n%65xt=/a"), Ok(Some("/a".to_owned())));
    }

    #[test]
    fn two_values_are_an_error_even_when_one_is_empty() {
        assert_eq!(target("next=/a&next="), Err(ReturnToError::Repeated));
        assert_eq!(target("next&n%65xt=/a"), Err(ReturnToError::Repeated));
        assert_eq!(ReturnTo::from_query_and_body(Some("next="), ["/a"]), Err(ReturnToError::Repeated));
        assert_eq!(ReturnTo::from_query_and_body(None, ["/a", "/a"]), Err(ReturnToError::Repeated));
    }

    #[test]
    fn bad_encoding_is_never_read_as_something_else() {
        assert_eq!(target("next=/%zz"), Err(ReturnToError::Malformed(Undecodable::BadTriplet)));
        assert_eq!(target("next=/%ff"), Err(ReturnToError::Malformed(Undecodable::NotUtf8)));
    }

    #[test]
    fn other_parameters_are_left_alone() {
        assert_eq!(target("a=%zz&nexts=//evil.test&=&next=/ok&&"), Ok(Some("/ok".to_owned())));
    }
}
