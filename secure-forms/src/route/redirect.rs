//! [`SafeRedirect`]: a target on this site. Untrusted text enters only through the rule of `secure_forms_core::path` (URL
//! Standard, section 4.4), typed pages and checked literals enter as they are; the value of a `Location` header leaves.

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "web")]
use http::HeaderValue;
use secure_forms_core::path::{self, Refusal};

use super::routes::PageRoutes;

/// A place on this site that a response may redirect to: path, query and fragment, in visible ASCII.
///
/// There are three ways to get one: from a page of the site (`#[derive(Routes)]` with `get` routes), from
/// `safe_path!`, whose literal is checked at compile time, and from [`ReturnTo`](crate::ReturnTo), whose text went
/// through the rule. There is no way from a `String`.
///
/// ```
/// use secure_forms::{SafeRedirect, safe_path};
/// const HOME: SafeRedirect = safe_path!("/home");
/// assert_eq!(HOME.as_str(), "/home");
/// assert_eq!(HOME.location(), "/home");
/// ```
///
/// # Security
/// Stops open redirects (CWE-601) and header injection (CWE-113). It does not decide whether the person may see the page: that
/// page checks for itself.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SafeRedirect(Cow<'static, str>);

impl SafeRedirect {
    /// The rule, over text that was decoded exactly once.
    pub(crate) fn from_next(text: &str) -> Result<Self, Refusal> {
        path::redirect(text).map(|emitted| Self(Cow::Owned(emitted.into_owned())))
    }

    /// Path, query and fragment.
    ///
    /// ```
    /// assert_eq!(secure_forms::safe_path!("/a/../b?c#d").as_str(), "/b?c#d");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of a `Location` header (RFC 9110, section 10.2.2).
    ///
    /// ```
    /// assert_eq!(secure_forms::safe_path!("/home").location(), "/home");
    /// ```
    #[must_use]
    #[cfg(feature = "web")]
    pub fn location(&self) -> HeaderValue {
        location(&self.0)
    }
}

/// For `safe_path!`. The rule runs once more, so that calling this by hand opens nothing: refused text becomes the root.
#[must_use]
pub const fn literal_redirect(text: &'static str) -> SafeRedirect {
    SafeRedirect(Cow::Borrowed(if path::is_emitted(text) { text } else { "/" }))
}

/// Visible ASCII is a header value; what is not cannot be in either type, and would lead to the root.
#[cfg(feature = "web")]
pub(super) fn location(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("/"))
}

impl fmt::Display for SafeRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for SafeRedirect {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// What a redirect can lead to: a [`SafeRedirect`] or a page of the site.
///
/// ```
/// use secure_forms::redirect::RedirectTarget;
/// use secure_forms::safe_path;
/// fn go(to: impl RedirectTarget) -> String {
///     to.into_redirect().to_string()
/// }
/// assert_eq!(go(safe_path!("/home")), "/home");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a safe target of a redirect",
    label = "it could lead to another site",
    note = "a page of an enum with `#[derive(Routes)]`, `safe_path!(\"/…\")` and what `ReturnTo` read are safe targets"
)]
pub trait RedirectTarget {
    /// The target.
    fn into_redirect(self) -> SafeRedirect;
}

#[diagnostic::do_not_recommend]
impl<T: Into<SafeRedirect>> RedirectTarget for T {
    fn into_redirect(self) -> SafeRedirect {
        self.into()
    }
}

/// Every page of the site is a safe target.
impl<P: PageRoutes> From<P> for SafeRedirect {
    fn from(page: P) -> Self {
        Self(Cow::Owned(page.path().into_string()))
    }
}

#[cfg(feature = "web")]
impl From<&SafeRedirect> for HeaderValue {
    fn from(target: &SafeRedirect) -> Self {
        target.location()
    }
}

/// A path on this site, checked at compile time by the rule that [`SafeRedirect`] follows at run time.
///
/// Takes one string literal. The result can stand in a `const`; its text is the normalised one.
///
/// ```
/// use secure_forms::{SafeRedirect, safe_path};
/// const WELCOME: SafeRedirect = safe_path!("/welcome?first=1");
/// assert_eq!(WELCOME.as_str(), "/welcome?first=1");
/// ```
///
/// Another host does not compile:
///
/// ```compile_fail
/// let away = secure_forms::safe_path!("//evil.test");
/// ```
///
/// # Security
/// Stops a slip of the pen (`//`, a backslash, a dot segment that changes the place) before it ships.
#[cfg(feature = "derive")]
#[macro_export]
macro_rules! safe_path {
    ($($text:tt)*) => { $crate::__private_0_1::safe_path!([$crate] $($text)*) };
}
