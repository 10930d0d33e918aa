//! Which kind of text a text must be, where its type stays text: the name of a kind enters, whether a text is one leaves. What each kind
//! looks like is said by its standard, in the file of its name.

use super::{color, date, hostname, ip, mac, slug, time, url, uuid};

/// One kind of text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TextFormat {
    /// A colour as `<input type=color>` sends it: `#1a2b3c` (HTML Standard, 2.3.6).
    Color,
    /// A date: `2024-12-31` (HTML Standard, 2.3.5.2; RFC 3339, full-date).
    Date,
    /// The name of a host in ASCII, without a dot at its end (RFC 1123, 2.1).
    Hostname,
    /// An IP address, without port, zone or brackets (RFC 4291, 2.2).
    Ip(ip::Version),
    /// A MAC address with colons or hyphens: `00:1a:2b:3c:4d:5e`.
    Mac,
    /// Lower-case letters and digits with single hyphens between them.
    Slug,
    /// A time of day: `23:59`, `23:59:59.999` (HTML Standard, 2.3.5.4).
    Time,
    /// An `http` or `https` URL with a host and without a user name (URL Standard, 4.3).
    Url,
    /// The same, and the host is not of the own network as far as its text tells.
    PublicUrl,
    /// A UUID with hyphens (RFC 9562, section 4), of this version if one is named.
    Uuid(Option<u8>),
}

impl TextFormat {
    /// Whether the text is one.
    ///
    /// ```
    /// use secure_forms_core::value::format::TextFormat;
    /// assert!(TextFormat::Url.matches("https://example.org/page"));
    /// assert!(!TextFormat::Url.matches("javascript:alert(1)"));
    /// assert!(TextFormat::Uuid(Some(4)).matches("67e55044-10b1-426f-9247-bb680e5fe0c8"));
    /// ```
    #[must_use]
    pub fn matches(self, text: &str) -> bool {
        match self {
            Self::Color => color::parse(text).is_ok(),
            Self::Date => date::parse(text).is_ok(),
            Self::Hostname => hostname::check(text).is_ok(),
            Self::Ip(version) => ip::parse(text, version).is_ok(),
            Self::Mac => mac::parse(text).is_ok(),
            Self::Slug => slug::check(text).is_ok(),
            Self::Time => time::parse(text).is_ok(),
            Self::Url => url::parse(text).is_ok(),
            Self::PublicUrl => url::parse(text).is_ok_and(|url| url.is_public()),
            Self::Uuid(version) => uuid::parse(text, version).is_ok(),
        }
    }
}
