//! The origins under which people reach this application: the text of the configuration enters, [`Origin`]s leave.

use std::iter;
use std::sync::Arc;

use secure_forms_core::origin::{Origin, OriginError};

use crate::route::{AbsoluteUrl, RedirectTarget};

/// The origins under which people reach this application. Never empty.
///
/// ```
/// use secure_forms::csrf::OwnOrigins;
///
/// let public = OwnOrigins::parse("https://app.example")?;
/// assert_eq!(public.iter().count(), 1);
/// let local = OwnOrigins::loopback(8080);
/// assert!(local.iter().any(|origin| origin.as_str() == "http://[::1]:8080"));
/// # Ok::<(), secure_forms::redirect::OriginError>(())
/// ```
///
/// # Security
/// Configured, never taken from `Host`, which the sender of a request chooses.
#[derive(Clone, Debug)]
pub struct OwnOrigins(Arc<List>);

#[derive(Debug)]
struct List {
    first: Origin,
    others: Vec<Origin>,
}

impl OwnOrigins {
    /// Reads the text of `PUBLIC_ORIGIN`: one origin, or several separated by commas or white space. One on the loopback interface stands
    /// for all three of its names.
    ///
    /// # Errors
    /// [`OriginError`] for the first that is wrong, or if there is none.
    pub fn parse(text: &str) -> Result<Self, OriginError> {
        let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
        let mut origins = Vec::new();
        for word in words {
            origins.extend(Origin::parse(word)?.with_loopback_names());
        }
        let mut origins = origins.into_iter();
        let first = origins.next().ok_or(OriginError::None)?;
        Ok(Self(Arc::new(List { first, others: origins.collect() })))
    }

    /// `http://127.0.0.1`, `http://[::1]` and `http://localhost` with this port, for a program that only its own machine reaches.
    pub fn loopback(port: u16) -> Self {
        let [first, second, third] = Origin::loopback(port);
        Self(Arc::new(List { first, others: vec![second, third] }))
    }

    /// Every origin, as browsers send it.
    pub fn iter(&self) -> impl Iterator<Item = &Origin> {
        iter::once(&self.0.first).chain(&self.0.others)
    }

    /// The whole URL of a place on this site, below the first of the origins: for mail and site maps.
    ///
    /// ```
    /// use secure_forms::csrf::OwnOrigins;
    /// use secure_forms::Routes;
    /// #[derive(Routes)]
    /// enum Page {
    ///     #[get("/confirm/{id}")]
    ///     Confirm { id: u64 },
    /// }
    /// let own = OwnOrigins::parse("https://app.example, https://www.app.example")?;
    /// assert_eq!(own.absolute_url(Page::Confirm { id: 7 }).as_str(), "https://app.example/confirm/7");
    /// # Ok::<(), secure_forms::redirect::OriginError>(())
    /// ```
    ///
    /// # Security
    /// Whoever sends the request has no say in it: see [`AbsoluteUrl`].
    pub fn absolute_url(&self, target: impl RedirectTarget) -> AbsoluteUrl {
        AbsoluteUrl::new(&self.0.first, target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_of_the_loopback_stands_for_all() {
        let spelled = |own: OwnOrigins| own.iter().map(|origin| origin.to_string()).collect::<Vec<_>>();
        let all = ["http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost:8080"];
        assert_eq!(spelled(OwnOrigins::parse("http://localhost:8080").unwrap()), all);
        assert_eq!(spelled(OwnOrigins::loopback(8080)), all);
        assert_eq!(spelled(OwnOrigins::loopback(80))[0], "http://127.0.0.1");
        assert_eq!(spelled(OwnOrigins::parse("https://a.example, https://b.example").unwrap()).len(), 2);
        assert_eq!(OwnOrigins::parse(" , ").unwrap_err(), OriginError::None);
    }
}
