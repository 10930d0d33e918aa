//! [`SafeUrl`]: text enters, a URL leaves that a link may have: it runs no script, whoever wrote it. URL Standard, 4.3 and 4.4; RFC 6068 and
//! RFC 3966 for what is not a page.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use secure_forms_core::path::{self, Refusal};
use secure_forms_core::value::url::{self, UrlProblem};

/// A URL for an attribute such as `href` or `src`: of a page or file on any site, or of this one.
///
/// | text | taken |
/// |---|---|
/// | `https://…`, `http://…` | with a host, without a user name |
/// | `mailto:…`, `tel:…` | visible ASCII that a URL may hold |
/// | `/…`, `?…`, `#…` | what stays on this site; written normalised |
///
/// Routes, redirects and assets of this site are such URLs without being parsed.
///
/// ```
/// use secure_forms::html::{SafeUrl, SafeUrlError};
/// use secure_forms::html;
/// let website = SafeUrl::parse("https://ada.example/?a=1&b=2")?;
/// assert_eq!(html! { a href=(website) { "Ada" } }.as_str(), r#"<a href="https://ada.example/?a=1&amp;b=2">Ada</a>"#);
/// assert_eq!(SafeUrl::parse("javascript:alert(1)"), Err(SafeUrlError::Scheme));
/// # Ok::<(), SafeUrlError>(())
/// ```
///
/// # Security
/// Stops scripts in links and pictures (CWE-79) and user names before a host, which show one site and open another. It does not decide whether
/// the other site is a good one; for a redirect there is [`SafeRedirect`](crate::SafeRedirect), which stays on this one.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SafeUrl(Cow<'static, str>);

/// Why a text is no URL for a link. It never holds the text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum SafeUrlError {
    /// No scheme that a link may have, and no path of this site.
    Scheme,
    /// A user name stands before the host.
    UserInfo,
    /// There is no host, or it is none.
    Host,
    /// The port is not a number up to 65535.
    Port,
    /// A character that must be percent-encoded.
    Character,
    /// More than 2048 bytes.
    TooLong,
    /// It begins like a path of this site, but may lead away from it.
    OffSite(Refusal),
}

impl SafeUrl {
    /// Reads a URL of at most 2048 bytes.
    ///
    /// ```
    /// use secure_forms::html::{SafeUrl, SafeUrlError};
    /// assert_eq!(SafeUrl::parse("mailto:ada@example.org")?.as_str(), "mailto:ada@example.org");
    /// assert_eq!(SafeUrl::parse("#chapter 2")?.as_str(), "#chapter%202");
    /// assert!(matches!(SafeUrl::parse("//evil.example"), Err(SafeUrlError::OffSite(_))));
    /// assert_eq!(SafeUrl::parse("data:text/html,x"), Err(SafeUrlError::Scheme));
    /// # Ok::<(), SafeUrlError>(())
    /// ```
    ///
    /// # Errors
    /// [`SafeUrlError`] says what is wrong.
    ///
    /// # Security
    /// See [`SafeUrl`].
    pub fn parse(text: &str) -> Result<Self, SafeUrlError> {
        match text.chars().next() {
            Some('/') => Ok(Self::owned(path::redirect(text)?)),
            // Stays on the page that is shown: judged as if it stood behind the root.
            Some('?' | '#') => {
                let rooted = format!("/{text}");
                Ok(Self::owned(path::redirect(&rooted)?.strip_prefix('/').unwrap_or_default()))
            }
            _ => absolute(text).map(|()| Self::owned(text)),
        }
    }

    /// The URL.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A URL that another type of this crate has proved.
    pub(crate) const fn proved(text: Cow<'static, str>) -> Self {
        Self(text)
    }

    fn owned(text: impl Into<String>) -> Self {
        Self(Cow::Owned(text.into()))
    }
}

fn absolute(text: &str) -> Result<(), SafeUrlError> {
    let (scheme, rest) = text.split_once(':').ok_or(SafeUrlError::Scheme)?;
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("https") || is("http") {
        url::parse(text)?;
        return Ok(());
    }
    if !is("mailto") && !is("tel") {
        return Err(SafeUrlError::Scheme);
    }
    if text.len() > path::MAX_BYTES {
        return Err(SafeUrlError::TooLong);
    }
    // Of the URL code points (URL Standard, 4.3) those in ASCII, and `%`.
    let is_good = |c: char| c.is_ascii_alphanumeric() || "!$&'()*+,-./:;=?@_~%".contains(c);
    if rest.chars().all(is_good) { Ok(()) } else { Err(SafeUrlError::Character) }
}

impl FromStr for SafeUrl {
    type Err = SafeUrlError;

    fn from_str(text: &str) -> Result<Self, SafeUrlError> {
        Self::parse(text)
    }
}

impl fmt::Display for SafeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for SafeUrl {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Refusal> for SafeUrlError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::TooLong { .. } => Self::TooLong,
            other => Self::OffSite(other),
        }
    }
}

impl From<UrlProblem> for SafeUrlError {
    fn from(problem: UrlProblem) -> Self {
        match problem {
            UrlProblem::Scheme => Self::Scheme,
            UrlProblem::UserInfo => Self::UserInfo,
            UrlProblem::Host => Self::Host,
            UrlProblem::Port => Self::Port,
            UrlProblem::Character => Self::Character,
            UrlProblem::TooLong => Self::TooLong,
        }
    }
}

impl fmt::Display for SafeUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => {
                "a link begins with `https://`, `http://`, `mailto:` or `tel:`, or with `/`, `?` or `#` on this site"
            }
            Self::UserInfo => "a user name stands before the host; write the URL without it",
            Self::Host => "the URL has no host, or one that is neither a name nor an address",
            Self::Port => "the port is not a number up to 65535",
            Self::Character => "the URL holds a character that must be percent-encoded",
            Self::TooLong => "the URL has more than 2048 bytes",
            Self::OffSite(refusal) => return refusal.fmt(f),
        })
    }
}

impl std::error::Error for SafeUrlError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_people_write_are_taken() {
        for text in
            ["https://a.example", "HTTP://a.example/b?c=d&e#f", "mailto:a@b.example?subject=x%20y", "tel:+49-30-1"]
        {
            assert_eq!(SafeUrl::parse(text).map(|url| url.to_string()).as_deref(), Ok(text));
        }
        for (text, written) in [("/a/../b", "/b"), ("?q=a b", "?q=a%20b"), ("#a\"b", "#a%22b"), ("/", "/"), ("#", "#")]
        {
            assert_eq!(SafeUrl::parse(text).map(|url| url.to_string()).as_deref(), Ok(written));
        }
    }

    #[test]
    fn whatever_could_run_a_script_or_leave_the_site_unseen_is_refused() {
        for text in [
            "",
            "a",
            "javascript:alert(1)",
            " javascript:x",
            "java\nscript:x",
            "\u{1}javascript:x",
            "JAVASCRIPT:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://a.example/x",
            "file:///etc/passwd",
            "//evil.example",
            "/\\evil.example",
            "https:evil.example",
            "https://a@b.example",
            "https://a.example/\"",
            "mailto:a b",
            "mailto:a\nb",
            "tel:\"x",
            "?\n",
        ] {
            assert!(SafeUrl::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(SafeUrl::parse(&format!("tel:{}", "1".repeat(3000))), Err(SafeUrlError::TooLong));
    }
}
