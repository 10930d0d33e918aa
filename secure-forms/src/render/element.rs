//! One element with its attributes.

use super::attribute::Attributes;
use crate::html::Html;

/// `<name …>content</name>`; the content is escaped already.
pub(super) fn element(name: &'static str, attributes: &Attributes, content: &str) -> Html {
    Html::from_escaped(format!("<{name}{attributes}>{content}</{name}>"))
}
