//! What may stand in the query of a typed route: values enter, names with encoded text leave, and back.

use std::borrow::Cow;

use secure_forms_core::percent::decode_query_value;

use super::pairs::pairs;
use super::path::PathWriter;
use super::redirect::SafeRedirect;
use super::segment::{Segment, canonical_integer};

/// A type that can be a value of a query: text, numbers, `bool`, `Uuid`, [`SafeRedirect`] (for `next`), enums with
/// `#[derive(Choice)]`. Any text is allowed; it is encoded.
///
/// ```
/// use secure_forms::route::QueryValue;
/// assert_eq!(7u32.query_text(), "7");
/// assert_eq!(u32::from_query_text("seven"), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a value of a query",
    label = "no text is known for this type",
    note = "text, integers, `bool`, `Uuid`, `SafeRedirect` and enums with `#[derive(Choice)]` are values; implement `QueryValue` for others"
)]
pub trait QueryValue: Sized {
    /// The value as text, not encoded.
    fn query_text(&self) -> Cow<'_, str>;

    /// The value of decoded text; none where the text is not one of this type's.
    fn from_query_text(text: &str) -> Option<Self>;
}

/// A part of a query: a [`QueryValue`], which must be there, or an `Option` of one.
///
/// ```
/// use secure_forms::route::QueryPart;
/// assert_eq!(Option::<u32>::read(None), Some(None));
/// assert_eq!(u32::read(None), None);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a part of a query",
    label = "no text is known for this type",
    note = "a part is a `QueryValue` or an `Option` of one: text, integers, `bool`, `Uuid`, `SafeRedirect`, enums with `#[derive(Choice)]`"
)]
pub trait QueryPart: Sized {
    /// Appends `name=value`; nothing for `None`.
    fn write(&self, name: &'static str, out: &mut PathWriter);

    /// Reads decoded text, or its absence; none where that is not a value of this type.
    fn read(text: Option<&str>) -> Option<Self>;
}

/// The pairs of a query that a route wrote, decoded.
pub(crate) fn pairs_of_query(query: &str) -> impl Iterator<Item = (String, String)> {
    let decoded = |text: &str| decode_query_value(text).ok().map(Cow::into_owned);
    pairs(query).filter_map(move |(name, value)| Some((decoded(name)?, decoded(value)?)))
}

#[diagnostic::do_not_recommend]
impl<T: QueryValue> QueryPart for T {
    fn write(&self, name: &'static str, out: &mut PathWriter) {
        out.query(name, &self.query_text());
    }

    fn read(text: Option<&str>) -> Option<Self> {
        T::from_query_text(text?)
    }
}

/// As everywhere in this library, `""` is absent.
impl<T: QueryValue> QueryPart for Option<T> {
    fn write(&self, name: &'static str, out: &mut PathWriter) {
        if let Some(value) = self {
            value.write(name, out);
        }
    }

    fn read(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("") => Some(None),
            Some(text) => T::from_query_text(text).map(Some),
        }
    }
}

impl QueryValue for String {
    fn query_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }

    fn from_query_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl QueryValue for bool {
    fn query_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "true" } else { "false" })
    }

    fn from_query_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl QueryValue for Segment {
    fn query_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn from_query_text(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Reading runs the redirect rule: `/login?{next}` with `next: Option<SafeRedirect>` is a page like any other.
impl QueryValue for SafeRedirect {
    fn query_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }

    fn from_query_text(text: &str) -> Option<Self> {
        Self::from_next(text).ok()
    }
}

macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl QueryValue for $integer {
            fn query_text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }

            fn from_query_text(text: &str) -> Option<Self> {
                canonical_integer(text)
            }
        }
    )* };
}
integers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[cfg(feature = "uuid")]
impl QueryValue for uuid::Uuid {
    fn query_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_query_text(text: &str) -> Option<Self> {
        super::segment::hyphenated_uuid(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_value_is_absent_only_where_it_may_be() {
        assert_eq!(Option::<String>::read(Some("")), Some(None));
        assert_eq!(String::read(Some("")), Some(String::new()));
        assert_eq!(u32::read(Some("")), None);
    }

    #[test]
    fn a_target_in_a_query_follows_the_redirect_rule() {
        assert!(Option::<SafeRedirect>::read(Some("/ok")).is_some_and(|next| next.is_some()));
        assert_eq!(Option::<SafeRedirect>::read(Some("//evil.test")), None);
    }
}
