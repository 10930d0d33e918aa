//! Which kind of text a text must be, where its type stays text (WTForms `URL`, `IPAddress`, `MacAddress`, `UUID`). What each
//! kind looks like is said by its standard, in `secure_forms_core::value`.

pub use secure_forms_core::value::public::is_public_address;
use secure_forms_core::value::{color, date, hostname, ip, mac, slug, time, url, uuid};

use super::super::problem::ProblemKind;

pub use secure_forms_core::value::ip::Version as IpVersion;

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
    /// Judges a text.
    ///
    /// ```
    /// use secure_forms::{ProblemKind, TextFormat};
    /// assert_eq!(TextFormat::Url.check("https://example.org/page"), Ok(()));
    /// assert_eq!(TextFormat::Url.check("javascript:alert(1)"), Err(ProblemKind::Url));
    /// assert_eq!(TextFormat::Uuid(Some(4)).check("67e55044-10b1-426f-9247-bb680e5fe0c8"), Ok(()));
    /// ```
    ///
    /// # Errors
    /// The kind of problem that has this kind of text's name.
    pub fn check(self, text: &str) -> Result<(), ProblemKind> {
        let is_one = match self {
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
        };
        if is_one { Ok(()) } else { Err(self.problem()) }
    }

    pub(crate) fn problem(self) -> ProblemKind {
        match self {
            Self::Color => ProblemKind::Color,
            Self::Date => ProblemKind::Date,
            Self::Hostname => ProblemKind::Hostname,
            Self::Ip(_) => ProblemKind::Ip,
            Self::Mac => ProblemKind::Mac,
            Self::Slug => ProblemKind::Slug,
            Self::Time => ProblemKind::Time,
            Self::Url => ProblemKind::Url,
            Self::PublicUrl => ProblemKind::PublicUrl,
            Self::Uuid(_) => ProblemKind::Uuid,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_takes_one_and_refuses_another() {
        for (format, good, bad) in [
            (TextFormat::Color, "#1a2b3c", "red"),
            (TextFormat::Date, "2024-02-29", "2023-02-29"),
            (TextFormat::Hostname, "www.example.org", "www.example.org/"),
            (TextFormat::Ip(IpVersion::Any), "::1", "127.1"),
            (TextFormat::Ip(IpVersion::V4), "127.0.0.1", "::1"),
            (TextFormat::Mac, "00:1a:2b:3c:4d:5e", "00:1a"),
            (TextFormat::Slug, "a-post", "A post"),
            (TextFormat::Time, "23:59", "24:00"),
            (TextFormat::Url, "http://example.org", "example.org"),
            (TextFormat::PublicUrl, "http://example.org", "http://127.0.0.1"),
            (TextFormat::Uuid(None), "00000000-0000-0000-0000-000000000000", "0"),
            (TextFormat::Uuid(Some(7)), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "67e55044-10b1-426f-9247-bb680e5fe0c8"),
        ] {
            assert_eq!(format.check(good), Ok(()), "{format:?}");
            assert_eq!(format.check(bad), Err(format.problem()), "{format:?}");
        }
    }
}
