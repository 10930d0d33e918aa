//! The judges: where a browser that follows the URL Standard goes with a `Location`.

use url::{Position, Url};

/// Which parsers judge in this build.
pub(crate) const JUDGES: &str = if cfg!(feature = "ada-oracle") { "url, ada-url" } else { "url" };

/// Where a `Location` leads.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    Here,
    /// To another origin, or nowhere.
    Elsewhere,
    /// To this origin, with a path that names a host when it is emitted again.
    TwoSlashes,
}

/// A page that answers with the `Location`.
pub(crate) struct Site {
    base: Url,
}

impl Site {
    /// A page in a folder, so that text without a slash at first is not mistaken for a path at the root.
    pub(crate) fn both() -> [Self; 2] {
        ["https://app.test/account/login", "http://app.test/account/login"]
            .map(|base| Self { base: Url::parse(base).unwrap() })
    }

    /// Where `location` leads; the worse verdict if the judges do not agree.
    pub(crate) fn place(&self, location: &str) -> Place {
        let place = self.place_by_url(location);
        #[cfg(feature = "ada-oracle")]
        if place == Place::Here {
            return self.place_by_ada(location);
        }
        place
    }

    /// Whether it still leads here when a proxy decodes it on the way.
    pub(crate) fn survives_decoding(&self, location: &str) -> bool {
        let path = location.split(['?', '#']).next().unwrap_or_default();
        let decoded = super::reference::decoded(path.as_bytes());
        let has_line_or_nul = decoded.iter().any(|byte| b"\0\r\n".contains(byte));
        !has_line_or_nul && self.place(&String::from_utf8_lossy(&decoded)) == Place::Here
    }

    /// Whether a browser asks for exactly this text: nothing is left to resolve or to encode.
    pub(crate) fn asks_for(&self, location: &str) -> bool {
        self.base.join(location).is_ok_and(|url| url[Position::BeforePath..] == *location)
    }

    fn place_by_url(&self, location: &str) -> Place {
        match self.base.join(location) {
            Ok(url) if url[..Position::BeforePath] != self.base[..Position::BeforePath] => Place::Elsewhere,
            Ok(url) if url.path().starts_with("//") => Place::TwoSlashes,
            Ok(_) => Place::Here,
            Err(_) => Place::Elsewhere,
        }
    }

    #[cfg(feature = "ada-oracle")]
    fn place_by_ada(&self, location: &str) -> Place {
        match ada_url::Url::parse(location, Some(self.base.as_str())) {
            Ok(url)
                if url.host() != "app.test"
                    || url.has_credentials()
                    || url.protocol().trim_end_matches(':') != self.base.scheme() =>
            {
                Place::Elsewhere
            }
            Ok(url) if url.pathname().starts_with("//") => Place::TwoSlashes,
            Ok(_) => Place::Here,
            Err(_) => Place::Elsewhere,
        }
    }
}
