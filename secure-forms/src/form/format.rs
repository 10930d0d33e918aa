//! Which kind of text a text must be, where its type stays text (WTForms `URL`, `IPAddress`, `MacAddress`, `UUID`). What each
//! kind looks like is said by its standard, in `secure_forms_core::value`.

pub use secure_forms_core::value::ip::Version as IpVersion;
pub use secure_forms_core::value::public::is_public_address;
use secure_forms_core::value::{color, date, hostname, ip, mac, slug, time, url, uuid};

/// One kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextFormat {
    /// A colour as `<input type=color>` sends it: `#1a2b3c` (HTML Standard, 2.3.6).
    Color,
    /// A date: `2024-12-31` (HTML Standard, 2.3.5.2; RFC 3339, full-date).
    Date,
    /// The name of a host in ASCII, without a dot at its end (RFC 1123, 2.1).
    Hostname,
    /// An IP address, without port, zone or brackets (RFC 4291, 2.2).
    Ip(IpVersion),
    /// A MAC address with colons or hyphens: `00:1a:2b:3c:4d:5e`.
    Mac,
    /// Lower-case letters and digits with single hyphens between them.
    Slug,
    /// A time of day: `23:59`, `23:59:59.999` (HTML Standard, 2.3.5.4).
    Time,
    /// An `http` or `https` URL with a host and without a user name (URL Standard, 4.3).
    Url,
    /// The same, and the host is not of the own network as far as its text tells: no address of a private, local or
    /// otherwise special block, no `localhost`, `.local`, `.internal` or name without a dot.
    ///
    /// # Security
    /// For URLs that the server itself will fetch (SSRF; ASVS 5.0, 1.3.6). A name may still resolve to a private address: ask
    /// [`is_public_address`] of the address that you connect to, at each redirect too.
    PublicUrl,
    /// A UUID with hyphens (RFC 9562, section 4), of this version if one is named.
    Uuid(Option<u8>),
}

impl TextFormat {
    /// Whether the text is of this kind.
    ///
    /// ```
    /// use secure_forms::TextFormat;
    /// assert!(TextFormat::Slug.matches("a-post"));
    /// assert!(!TextFormat::Slug.matches("A post"));
    /// ```
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

    /// The variant's name, as a machine reads it: what a problem of this format is called.
    ///
    /// ```
    /// use secure_forms::TextFormat;
    /// assert_eq!(TextFormat::Uuid(Some(4)).name(), "Uuid");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Color => "Color",
            Self::Date => "Date",
            Self::Hostname => "Hostname",
            Self::Ip(_) => "Ip",
            Self::Mac => "Mac",
            Self::Slug => "Slug",
            Self::Time => "Time",
            Self::Url => "Url",
            Self::PublicUrl => "PublicUrl",
            Self::Uuid(_) => "Uuid",
        }
    }
}
