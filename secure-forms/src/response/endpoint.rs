//! [`ReportEndpoint`]: where browsers send reports. Reporting API, section 3.2 (`Reporting-Endpoints`); CSP Level 3, section 6.5.

use std::fmt;

/// Where browsers send reports: a name and an address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportEndpoint {
    name: String,
    url: String,
}

/// A name or an address that no header can carry.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidEndpoint;

impl ReportEndpoint {
    /// A name of lower-case letters, digits, `-` and `_` that begins with a letter, and a path of this site or an https URL.
    ///
    /// ```
    /// use secure_forms::headers::ReportEndpoint;
    ///
    /// assert!(ReportEndpoint::new("csp", "/csp-report").is_ok());
    /// assert!(ReportEndpoint::new("csp", "/a\"; script-src *").is_err());
    /// ```
    ///
    /// # Errors
    /// [`InvalidEndpoint`] for any other name, and for an address with blanks, quotes, backslashes, commas or semicolons.
    pub fn new(name: &str, url: &str) -> Result<Self, InvalidEndpoint> {
        let name_fits = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'));
        let url_fits = (url.starts_with('/') || url.starts_with("https://"))
            && url.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\' | b',' | b';'));
        let endpoint = Self { name: name.to_owned(), url: url.to_owned() };
        (name_fits && url_fits).then_some(endpoint).ok_or(InvalidEndpoint)
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The value of `Reporting-Endpoints`.
    pub(super) fn header(&self) -> String {
        format!("{}=\"{}\"", self.name, self.url)
    }
}

impl fmt::Display for InvalidEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a report endpoint needs a name of lower-case letters and an address without quotes, blanks, commas and semicolons")
    }
}

impl std::error::Error for InvalidEndpoint {}
