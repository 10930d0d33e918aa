//! `Option`: missing, and empty after filtering, are `None`; later rules do not run.

use std::borrow::Cow;

use super::{Field, FieldValue, Numeric, ShownText, Textual, kind_of, parse};
use crate::form::entry::{Entry, Filtered};
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, FieldSpec};

impl<'a, T: FieldValue<'a>> Field<'a> for Option<T> {
    type Value = T;

    const KIND: FieldKind = kind_of::<T>().optional();

    #[inline]
    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        match entry.filtered(spec)? {
            Filtered::Missing | Filtered::Empty => Ok(None),
            Filtered::Text(text) => parse(text, spec).map(Some),
        }
    }

    fn value(&self) -> Option<&T> {
        self.as_ref()
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(|value| FieldValue::to_text(value).into_cow())
    }
}

impl<T: Textual> Textual for Option<T> {}
impl<T: Numeric> Numeric for Option<T> {}
