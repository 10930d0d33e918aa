//! [`AbsoluteUrl`]: an origin of the configuration and a place on this site enter, a whole URL leaves, for what is read elsewhere: mail,
//! site maps, feeds. RFC 3986, section 4.3.

use std::fmt;

use secure_forms_core::origin::Origin;

use super::redirect::RedirectTarget;

/// The whole URL of a page of this site: `https://app.example/users/7`.
///
/// ```
/// use secure_forms::redirect::Origin;
/// use secure_forms::route::AbsoluteUrl;
/// use secure_forms::{Routes, html, safe_path};
/// #[derive(Routes)]
/// enum Page {
///     #[get("/users/{id}?{tab}")]
///     User { id: u64, tab: Option<String> },
/// }
/// let origin = Origin::parse("https://app.example")?;
/// let url = AbsoluteUrl::new(&origin, Page::User { id: 7, tab: Some("a&b".to_owned()) });
/// assert_eq!(url.to_string(), "https://app.example/users/7?tab=a%26b");
/// assert_eq!(html! { a href=(url) { "Ada" } }.as_str(), r#"<a href="https://app.example/users/7?tab=a%26b">Ada</a>"#);
/// assert_eq!(AbsoluteUrl::new(&origin, safe_path!("/help#top")).as_str(), "https://app.example/help#top");
/// # Ok::<(), secure_forms::redirect::OriginError>(())
/// ```
///
/// # Security
/// The origin comes from the configuration (`OwnOrigins::absolute_url` takes the first of the own
/// ones), never from the `Host` of a request: who sends that would choose where the link of a mail leads (CWE-640). The place comes from
/// a type that stays on the site, and it begins with a slash, so that it cannot go on with the host's name.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AbsoluteUrl(String);

impl AbsoluteUrl {
    /// The place below the origin.
    #[must_use]
    pub fn new(origin: &Origin, target: impl RedirectTarget) -> Self {
        Self(format!("{origin}{}", target.into_redirect()))
    }

    /// The whole URL, in visible ASCII.
    ///
    /// ```
    /// let own = secure_forms::csrf::OwnOrigins::parse("https://app.example")?;
    /// assert_eq!(own.absolute_url(secure_forms::safe_path!("/a/../b")).as_str(), "https://app.example/b");
    /// # Ok::<(), secure_forms::redirect::OriginError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AbsoluteUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for AbsoluteUrl {
    fn as_ref(&self) -> &str {
        &self.0
    }
}
