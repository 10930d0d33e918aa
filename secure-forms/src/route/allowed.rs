//! [`AllowedOrigins`]: other sites that redirects may lead to. Origins from the configuration enter once; targets on this site
//! or on a listed origin leave as [`AllowedRedirect`]. URL Standard, section 4.7 (origin).

use std::borrow::Cow;
use std::fmt;

#[cfg(feature = "web")]
use http::HeaderValue;
use secure_forms_core::origin::{Origin, OriginError};
use secure_forms_core::path::{self, Refusal};

use super::redirect::SafeRedirect;
#[cfg(feature = "web")]
use super::redirect::location;

/// A list of origins, `https://host` or `https://host:port`, to which an [`AllowedRedirect`] may lead.
///
/// Hosts are ASCII (`xn--` for others), in lower case, without wildcards; each is compared byte for byte.
///
/// ```
/// use secure_forms::redirect::AllowedOrigins;
/// let allowed = AllowedOrigins::new(["https://id.example", "https://app.example:8443"])?;
/// assert!(allowed.redirect("https://id.example/done").is_ok());
/// assert!(allowed.redirect("/home").is_ok());
/// assert!(allowed.redirect("https://evil.test/").is_err());
/// # Ok::<(), secure_forms::redirect::OriginError>(())
/// ```
///
/// # Security
/// Another type than [`SafeRedirect`], so that a handler which may send people away says so in its signature. List only origins
/// that you trust with your visitors; an open redirect of theirs becomes one of yours.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AllowedOrigins(Vec<Origin>);

impl AllowedOrigins {
    /// Checks every origin of the configuration.
    ///
    /// ```
    /// use secure_forms::redirect::{AllowedOrigins, OriginError};
    /// assert_eq!(AllowedOrigins::new(["https://*.example"]), Err(OriginError::Wildcard));
    /// ```
    ///
    /// # Errors
    /// [`OriginError`] for the first origin that is not in the form in which browsers send it.
    pub fn new(origins: impl IntoIterator<Item = impl Into<String>>) -> Result<Self, OriginError> {
        origins.into_iter().map(|origin| Origin::exact(&origin.into())).collect::<Result<_, _>>().map(Self)
    }

    /// The listed origins, as they were given.
    ///
    /// ```
    /// let allowed = secure_forms::redirect::AllowedOrigins::new(["https://id.example"])?;
    /// assert!(allowed.iter().eq(["https://id.example"]));
    /// # Ok::<(), secure_forms::redirect::OriginError>(())
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(Origin::as_str)
    }

    /// Turns text, decoded exactly once, into a target on this site or on a listed origin.
    ///
    /// ```
    /// let allowed = secure_forms::redirect::AllowedOrigins::new(["https://id.example"])?;
    /// assert_eq!(allowed.redirect("https://id.example/a/../b").expect("listed").as_str(), "https://id.example/b");
    /// # Ok::<(), secure_forms::redirect::OriginError>(())
    /// ```
    ///
    /// # Errors
    /// [`Refusal`]: of the redirect rule, which the path of a listed origin follows too, or
    /// [`Refusal::UnlistedOrigin`].
    pub fn redirect(&self, text: &str) -> Result<AllowedRedirect, Refusal> {
        path::listed_redirect(text, &self.0).map(|emitted| AllowedRedirect(Cow::Owned(emitted.into_owned())))
    }
}

/// A target on this site or on a listed origin; made by [`AllowedOrigins::redirect`], or from a [`SafeRedirect`].
///
/// ```
/// use secure_forms::redirect::AllowedRedirect;
/// use secure_forms::safe_path;
/// let home = AllowedRedirect::from(safe_path!("/home"));
/// assert_eq!(home.location(), "/home");
/// ```
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AllowedRedirect(Cow<'static, str>);

impl AllowedRedirect {
    /// The whole target.
    ///
    /// ```
    /// let home = secure_forms::redirect::AllowedRedirect::from(secure_forms::safe_path!("/home"));
    /// assert_eq!(home.as_str(), "/home");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of a `Location` header; see the type's example.
    #[must_use]
    #[cfg(feature = "web")]
    pub fn location(&self) -> HeaderValue {
        location(&self.0)
    }
}

impl fmt::Display for AllowedRedirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SafeRedirect> for AllowedRedirect {
    fn from(target: SafeRedirect) -> Self {
        Self(Cow::Owned(target.as_str().to_owned()))
    }
}
