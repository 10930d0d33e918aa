//! What may stand between two slashes of a typed route: values enter, [`Segment`]s leave, and back. RFC 3986, section 3.3.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use secure_forms_core::path::is_segment;

/// Text that is one segment of a path: 1 to 255 bytes, not `.` or `..`, without `/ \ ? # %` and control characters.
///
/// ```
/// use secure_forms::route::Segment;
/// let name: Segment = "annual report.pdf".parse()?;
/// assert_eq!(name.as_str(), "annual report.pdf");
/// assert!("..".parse::<Segment>().is_err());
/// # Ok::<(), secure_forms::route::NotASegment>(())
/// ```
///
/// # Security
/// A link made of a `Segment` leads to the place that the route says: the text can neither climb out of it nor start a query.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Segment(Cow<'static, str>);

/// The text is not a [`Segment`]: empty, `.`, `..`, above 255 bytes, or with a delimiter or a control character.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NotASegment;

impl fmt::Display for NotASegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "a segment has 1 to 255 bytes, is not `.` or `..`, and holds no `/ \\ ? # %` and no control character",
        )
    }
}

impl std::error::Error for NotASegment {}

impl Segment {
    /// Checks the text.
    ///
    /// ```
    /// use secure_forms::route::{NotASegment, Segment};
    /// assert_eq!(Segment::new("a/b"), Err(NotASegment));
    /// ```
    ///
    /// # Errors
    /// [`NotASegment`].
    pub fn new(text: impl Into<Cow<'static, str>>) -> Result<Self, NotASegment> {
        let text = text.into();
        if is_segment(&text) { Ok(Self(text)) } else { Err(NotASegment) }
    }

    /// The text, not encoded.
    ///
    /// ```
    /// assert_eq!(secure_forms::route::Segment::new("été")?.as_str(), "été");
    /// # Ok::<(), secure_forms::route::NotASegment>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// For generated code, which has checked the text: what is not a segment becomes `-`.
#[must_use]
pub const fn literal_segment(text: &'static str) -> Segment {
    Segment(Cow::Borrowed(if is_segment(text) { text } else { "-" }))
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Segment {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for Segment {
    type Err = NotASegment;

    fn from_str(text: &str) -> Result<Self, NotASegment> {
        Self::new(text.to_owned())
    }
}

impl TryFrom<String> for Segment {
    type Error = NotASegment;

    fn try_from(text: String) -> Result<Self, NotASegment> {
        Self::new(text)
    }
}

/// A type that can be a segment of a path: integers, `Uuid`, enums with `#[derive(Choice)]`, [`Segment`] for text.
///
/// Both directions go through [`Segment`], so that an implementation cannot make a link that leads elsewhere.
///
/// ```
/// use secure_forms::route::{PathSegment, Segment};
/// assert_eq!(42u64.segment().as_str(), "42");
/// assert_eq!(u64::from_segment(&Segment::new("42")?), Some(42));
/// assert_eq!(u64::from_segment(&Segment::new("+42")?), None);
/// # Ok::<(), secure_forms::route::NotASegment>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a segment of a path",
    label = "its text could be empty, `..` or hold a `/`",
    note = "for text, write `Segment`: it is checked; integers, `Uuid` and enums with `#[derive(Choice)]` are segments too",
    note = "text that may be anything belongs in the query: `?{{name}}`"
)]
pub trait PathSegment: Sized {
    /// The value as a segment.
    fn segment(&self) -> Segment;

    /// The value of a segment; none where the segment is not one of this type's, and so the page does not exist.
    fn from_segment(segment: &Segment) -> Option<Self>;
}

impl PathSegment for Segment {
    fn segment(&self) -> Segment {
        self.clone()
    }

    fn from_segment(segment: &Segment) -> Option<Self> {
        Some(segment.clone())
    }
}

macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl PathSegment for $integer {
            fn segment(&self) -> Segment {
                Segment(Cow::Owned(self.to_string()))
            }

            fn from_segment(segment: &Segment) -> Option<Self> {
                canonical_integer(segment.as_str())
            }
        }
    )* };
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

/// One spelling for each number, so that each page has one address: no `+7`, no `007`, no `-0`.
pub(super) fn canonical_integer<N: FromStr + ToString>(text: &str) -> Option<N> {
    text.parse().ok().filter(|number: &N| number.to_string() == text)
}

#[cfg(feature = "uuid")]
impl PathSegment for uuid::Uuid {
    fn segment(&self) -> Segment {
        Segment(Cow::Owned(self.to_string()))
    }

    fn from_segment(segment: &Segment) -> Option<Self> {
        hyphenated_uuid(segment.as_str())
    }
}

/// The 36 characters of RFC 9562, section 4; not the braced, plain and URN spellings.
#[cfg(feature = "uuid")]
pub(super) fn hyphenated_uuid(text: &str) -> Option<uuid::Uuid> {
    if text.len() == 36 { uuid::Uuid::try_parse(text).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(canonical_integer::<i32>("-7"), Some(-7));
        for text in ["+7", "007", "-0", "", " 7", "7.0", "٧", "2147483648"] {
            assert_eq!(canonical_integer::<i32>(text), None, "{text}");
        }
    }

    #[test]
    fn generated_code_cannot_be_misused_to_climb() {
        assert_eq!(literal_segment("..").as_str(), "-");
        assert_eq!(literal_segment("newest").as_str(), "newest");
    }

    #[cfg(feature = "uuid")]
    #[test]
    fn a_uuid_has_its_hyphens() {
        assert!(hyphenated_uuid("67e55044-10b1-426f-9247-bb680e5fe0c8").is_some());
        for text in ["67e5504410b1426f9247bb680e5fe0c8", "{67e55044-10b1-426f-9247-bb680e5fe0c8}", ""] {
            assert!(hyphenated_uuid(text).is_none(), "{text}");
        }
    }
}
