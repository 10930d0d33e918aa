//! `nfc`: the text of a field in Normalization Form C (UAX 15), so that one name is one text whichever keyboard typed it.

use std::borrow::Cow;

use super::{Field, FieldValue, judge, parse};
use crate::form::entry::{Entry, Filtered};
use crate::form::filter::nfc;
use crate::form::problem::ProblemKind;
use crate::form::spec::FieldSpec;

/// A field whose text `nfc` can compose: `String`, `Cow<str>`, and an `Option` of one of them.
///
/// ```
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Profile {
///     #[field(nfc, length(..=3))]
///     name: String,
/// }
///
/// // `e`, and two dots for it.
/// let profile = testing::submission("name=Zoe%CC%88").bind::<Profile>().unwrap();
/// assert_eq!(profile.name, "Zo\u{eb}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold a text that `nfc` has composed",
    label = "cannot hold another text",
    note = "write the type as `String` or `Cow<str>`, or an `Option` of one of them; a `Secret` is always composed"
)]
pub trait Nfc<'a>: Field<'a> {
    /// As [`Field::bind`], and composed before the rules judge it.
    ///
    /// # Errors
    /// The field's first problem.
    fn bind_nfc(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind>;
}

/// Types that are nothing but a text: for any other, a new text would pass by its parser.
trait OnlyText: From<String> {}

impl OnlyText for String {}
impl OnlyText for Cow<'_, str> {}

#[diagnostic::do_not_recommend]
impl<'a, T: FieldValue<'a> + OnlyText> Nfc<'a> for T {
    fn bind_nfc(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Missing => Err(ProblemKind::Missing),
            Filtered::Empty => Err(ProblemKind::Empty),
            Filtered::Text(text) => composed(text, spec),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: FieldValue<'a> + OnlyText> Nfc<'a> for Option<T> {
    fn bind_nfc(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Missing | Filtered::Empty => Ok(None),
            Filtered::Text(text) => composed(text, spec).map(Some),
        }
    }
}

fn composed<'a, T: FieldValue<'a> + OnlyText>(text: &'a str, spec: &FieldSpec) -> Result<T, ProblemKind> {
    let Some(composed) = nfc(text) else { return parse(text, spec) };
    judge(&composed, None, spec)?;
    Ok(composed.into())
}
