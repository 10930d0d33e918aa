//! Boxes to tick: a `bool` may be either, [`Accepted`] must be ticked. A box accepts only the value that was rendered.

use std::borrow::Cow;

use super::Field;
use crate::form::entry::{Entry, Filtered};
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, FieldSpec, Input, TICKED};

impl<'a> Field<'a> for bool {
    type Value = Self;

    const KIND: FieldKind = FieldKind::required(Input::Checkbox).optional();

    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Missing => Ok(false),
            Filtered::Text(TICKED) => Ok(true),
            Filtered::Text(_) | Filtered::Empty => Err(ProblemKind::NotOffered),
        }
    }

    fn value(&self) -> Option<&Self> {
        Some(self)
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        self.then_some(Cow::Borrowed(TICKED))
    }
}

/// A box that must be ticked: terms, consent. The type proves that it was.
///
/// ```
/// use secure_forms::{Accepted, Form, testing};
///
/// #[derive(Debug, Form)]
/// struct Consent {
///     terms: Accepted,
/// }
///
/// assert!(testing::submission("terms=on").bind::<Consent>().is_ok());
/// assert!(testing::submission("").bind::<Consent>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Accepted(());

impl<'a> Field<'a> for Accepted {
    type Value = Self;

    const KIND: FieldKind = FieldKind::required(Input::Checkbox);

    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Text(TICKED) => Ok(Self(())),
            Filtered::Missing => Err(ProblemKind::NotAccepted),
            Filtered::Text(_) | Filtered::Empty => Err(ProblemKind::NotOffered),
        }
    }

    fn value(&self) -> Option<&Self> {
        Some(self)
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(TICKED))
    }
}
