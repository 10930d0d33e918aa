//! `html!`: what is known of the attributes of an element before their values are read.

use proc_macro2::Span;

use crate::diagnostic::{Errors, Message};
use crate::model::html::{Attribute, Node, Value};

/// The name of each attribute in lower case, with its text if that is one literal.
pub(super) fn names(attributes: &[Attribute]) -> Vec<(String, Option<String>)> {
    attributes
        .iter()
        .map(|attribute| match attribute {
            Attribute::Class { .. } => ("class".to_owned(), None),
            Attribute::Id { .. } => ("id".to_owned(), None),
            Attribute::Named { name, value } => (name.lower(), one_literal(value)),
        })
        .collect()
}

fn one_literal(value: &Value) -> Option<String> {
    match value {
        Value::Given(nodes) => match nodes.as_slice() {
            [Node::Text(text)] => Some(text.value()),
            _ => None,
        },
        Value::Empty | Value::Toggled(_) | Value::Optional(_) => None,
    }
}

/// A browser reads the first of two alone: the second could be judged by what it is not.
pub(super) fn doubled(attributes: &[Attribute], errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    let mut classes = false;
    for attribute in attributes {
        let (name, span): (String, Span) = match attribute {
            Attribute::Class { .. } if classes => continue,
            Attribute::Class { span, .. } => {
                classes = true;
                ("class".to_owned(), *span)
            }
            Attribute::Id { span, .. } => ("id".to_owned(), *span),
            Attribute::Named { name, .. } => (name.lower(), name.span),
        };
        if seen.contains(&name) {
            let message = Message::new(format_args!("attribute `{name}` stands twice"));
            errors.span(span, message.help("write it once; browsers read only the first"));
        }
        seen.push(name);
    }
}
