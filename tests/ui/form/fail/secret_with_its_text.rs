//! A secret of one's own that would show itself.

use std::borrow::Cow;

use secure_forms::form::{FieldKind, FieldValue, Input, NeverShown, ProblemKind};
use secure_forms::Secret;

struct Pin(Secret);

impl FieldValue<'_> for Pin {
    type Text<'t> = NeverShown;

    const KIND: FieldKind = FieldKind::required(Input::Text);

    fn parse(text: &str) -> Result<Self, ProblemKind> {
        Secret::parse(text).map(Self)
    }

    fn to_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0.expose())
    }
}

fn main() {}
