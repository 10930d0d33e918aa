//! The types that a form's fields may have. A [`FieldValue`] turns one text into a value; a [`Field`] decides what missing
//! and empty mean: every `FieldValue` must come, `Option` of it may be left out, `bool` is a box that may be ticked.

mod checkbox;
mod choice;
mod email;
mod kind;
mod nfc;
mod number;
mod option;
mod secret;
mod shown;
mod text;
#[cfg(feature = "multipart")]
mod upload;
#[cfg(feature = "uuid")]
mod uuid;

use std::borrow::Cow;

use super::entry::{Entry, Filtered};
use super::problem::{Number, ProblemKind};
use super::spec::{FieldKind, FieldSpec};

pub use checkbox::Accepted;
pub use choice::{Choice, choice};
pub use email::EmailAddress;
pub use kind::{Numeric, Textual};
pub use nfc::Nfc;
pub use secret::Secret;
pub use shown::{NeverShown, ShownText};

/// A value that is written as one text. Implement it for a type of your own, and fields may have that type.
///
/// ```
/// use std::borrow::Cow;
/// use secure_forms::form::{FieldKind, FieldValue, Input, ProblemKind};
/// use secure_forms::{Form, testing};
///
/// #[derive(Debug, PartialEq)]
/// struct Postcode(u16);
///
/// impl FieldValue<'_> for Postcode {
///     type Text<'t> = Cow<'t, str>;
///     const KIND: FieldKind = FieldKind::required(Input::Text);
///     fn parse(text: &str) -> Result<Self, ProblemKind> {
///         let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
///         text.parse().ok().filter(|_| digits).map(Postcode).ok_or(ProblemKind::Pattern)
///     }
///     fn to_text(&self) -> Cow<'_, str> {
///         Cow::Owned(format!("{:04}", self.0))
///     }
/// }
///
/// #[derive(Debug, Form)]
/// struct Address {
///     postcode: Postcode,
/// }
///
/// assert_eq!(testing::submission("postcode=1010").bind::<Address>().unwrap().postcode, Postcode(1010));
/// assert!(testing::submission("postcode=10100").bind::<Address>().is_err());
/// ```
///
/// # Security
/// For a secret say `type Text<'t> = NeverShown`: then no page shows it again, not even where it was refused, whatever control
/// asks for it; see [`NeverShown`].
#[diagnostic::on_unimplemented(
    message = "no text is known for `{Self}`",
    label = "not a field value",
    note = "write `#[derive(Choice)]` above an enum; for a type of your own, implement `secure_forms::form::FieldValue`"
)]
pub trait FieldValue<'a>: Sized + 'a {
    /// What a page may show of it: `Cow<'t, str>`, or [`NeverShown`] for a secret.
    type Text<'t>: ShownText<'t>
    where
        Self: 't;

    /// The control that asks for it.
    const KIND: FieldKind;

    /// Parses a text that is filtered and not empty.
    ///
    /// # Errors
    /// What is wrong with it, without a word of it.
    fn parse(text: &'a str) -> Result<Self, ProblemKind>;

    /// The text that parses to this value.
    fn to_text(&self) -> Self::Text<'_>;

    /// The text that rules such as `length` judge: what was typed, but of a type that changes it.
    #[inline]
    fn judged<'t>(&'t self, typed: &'t str) -> &'t str {
        typed
    }

    /// The number that `range` judges.
    fn number(&self) -> Option<Number> {
        None
    }
}

/// What a form's field may be: decides what missing and empty mean. Implement [`FieldValue`] rather than this.
///
/// # Security
/// Its kind alone says whether it is secret ([`FieldKind::secret`]): what gives no text here is shown as it was typed where the form is refused.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the type of a form field",
    label = "not a field type",
    note = "fields are `String`, `&str`, `Cow<str>`, numbers, `bool`, `Accepted`, `Secret`, `EmailAddress`, `Uuid`, `Upload`, an enum with `#[derive(Choice)]`, or an `Option` of one of them",
    note = "a date, a time, an IP address or a URL is a `String` with `#[field(date)]`, `time`, `ip` or `url`",
    note = "for a type of your own, implement `secure_forms::form::FieldValue`"
)]
pub trait Field<'a>: Sized {
    /// What the application's checks look at: the value, without an `Option` around it.
    type Value;

    /// What the type says of the field.
    const KIND: FieldKind;

    /// Takes the value out of what came.
    ///
    /// # Errors
    /// The field's first problem.
    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind>;

    /// The value, if there is one to check.
    fn value(&self) -> Option<&Self::Value>;

    /// The text with which the field is shown again.
    fn to_text(&self) -> Option<Cow<'_, str>>;

    /// The field as one of several, whatever their types; generated code calls it for every field.
    #[doc(hidden)]
    fn shown(&self) -> &dyn Shown<'a> {
        self
    }
}

/// What is shown of any field.
pub trait Shown<'a> {
    /// The text with which it is shown again.
    fn text(&self) -> Option<String>;
}

impl<'a, T: Field<'a>> Shown<'a> for T {
    fn text(&self) -> Option<String> {
        self.to_text().map(Cow::into_owned)
    }
}

/// The texts of a form's fields. A form that made them itself would pay for the clean-up of each among all others.
#[doc(hidden)]
pub fn texts(fields: &[&dyn Shown<'_>]) -> Vec<Option<String>> {
    fields.iter().map(|field| field.text()).collect()
}

/// The shape of a value: secret if its text is, whatever else it says.
const fn kind_of<'a, T: FieldValue<'a>>() -> FieldKind {
    if <T::Text<'a> as ShownText<'a>>::IS_SECRET { T::KIND.secret() } else { T::KIND }
}

// Who has neither is told of the field, not of this step.
#[diagnostic::do_not_recommend]
impl<'a, T: FieldValue<'a>> Field<'a> for T {
    type Value = T;

    const KIND: FieldKind = kind_of::<T>();

    #[inline]
    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Missing => Err(ProblemKind::Missing),
            Filtered::Empty => Err(ProblemKind::Empty),
            Filtered::Text(text) => parse(text, spec),
        }
    }

    fn value(&self) -> Option<&T> {
        Some(self)
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        FieldValue::to_text(self).into_cow()
    }
}

/// Parse, then the rules: the part that required and optional fields share.
#[inline]
fn parse<'a, T: FieldValue<'a>>(text: &'a str, spec: &FieldSpec) -> Result<T, ProblemKind> {
    let value = T::parse(text)?;
    judge(value.judged(text), value.number(), spec)?;
    Ok(value)
}

fn judge(text: &str, number: Option<Number>, spec: &FieldSpec) -> Result<(), ProblemKind> {
    spec.rules.iter().try_for_each(|rule| rule.constraint.check(text, number))
}
