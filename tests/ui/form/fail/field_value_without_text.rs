//! A type of one's own whose text is none.

use secure_forms::form::{FieldKind, FieldValue, Input, ProblemKind};

struct Postcode(String);

impl FieldValue<'_> for Postcode {
    type Text<'t> = &'t str;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    fn parse(text: &str) -> Result<Self, ProblemKind> {
        Ok(Self(text.to_owned()))
    }

    fn to_text(&self) -> &str {
        &self.0
    }
}

fn main() {}
