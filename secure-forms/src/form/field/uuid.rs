//! `uuid::Uuid` (RFC 9562), in its hyphenated form of 36 characters.

use std::borrow::Cow;

use uuid::Uuid;

use super::FieldValue;
use crate::form::format::TextFormat;
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, Input};

/// The length of the one form that is taken; the parser would take braces and URNs too.
const HYPHENATED: usize = 36;

impl<'a> FieldValue<'a> for Uuid {
    type Text<'t> = Cow<'t, str>;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    fn parse(text: &'a str) -> Result<Self, ProblemKind> {
        if text.len() != HYPHENATED {
            return Err(ProblemKind::Format(TextFormat::Uuid(None)));
        }
        Self::try_parse(text).map_err(|_| ProblemKind::Format(TextFormat::Uuid(None)))
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.hyphenated().to_string())
    }
}
