//! The rule that a text is of a kind; the kinds stand in [`TextFormat`].

use super::super::format::TextFormat;
use super::super::problem::ProblemKind;

impl TextFormat {
    /// Judges a text.
    ///
    /// ```
    /// use secure_forms::{ProblemKind, TextFormat};
    /// assert_eq!(TextFormat::Url.check("https://example.org/page"), Ok(()));
    /// assert_eq!(TextFormat::Url.check("javascript:alert(1)"), Err(ProblemKind::Format(TextFormat::Url)));
    /// assert_eq!(TextFormat::Uuid(Some(4)).check("67e55044-10b1-426f-9247-bb680e5fe0c8"), Ok(()));
    /// ```
    ///
    /// # Errors
    /// [`ProblemKind::Format`] of this kind.
    pub fn check(self, text: &str) -> Result<(), ProblemKind> {
        if self.matches(text) { Ok(()) } else { Err(ProblemKind::Format(self)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::format::IpVersion;

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
            assert_eq!(format.check(bad), Err(ProblemKind::Format(format)), "{format:?}");
        }
    }
}
