//! Text: `String` owns it, `&str` and `Cow<str>` borrow it from the submission, which has decoded it in place.

use std::borrow::Cow;

use super::{FieldValue, Textual};
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, Input};

impl<'a> FieldValue<'a> for String {
    type Text<'t> = Cow<'t, str>;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    #[inline]
    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        Ok(text.to_owned())
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl<'a> FieldValue<'a> for &'a str {
    type Text<'t>
        = Cow<'t, str>
    where
        Self: 't;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    #[inline]
    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        Ok(text)
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl<'a> FieldValue<'a> for Cow<'a, str> {
    type Text<'t>
        = Cow<'t, str>
    where
        Self: 't;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    #[inline]
    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        Ok(Cow::Borrowed(text))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Textual for String {}
impl Textual for &str {}
impl Textual for Cow<'_, str> {}
