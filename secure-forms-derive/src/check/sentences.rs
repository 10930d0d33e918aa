//! Texts for people that say nothing: a control without a label has no name for a screen reader (WCAG 2.2, 4.1.2), and a problem without
//! a sentence tells nobody what to do.

use proc_macro2::Span;
use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::model::form::written::Field;

/// Finds every mistake.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    if let Some(span) = field.label_span {
        text("label", &field.label, span, errors);
    }
    let of_rules = field.rules.iter().map(|rule| ("message", &rule.message));
    for (key, written) in [("help", &field.help), ("message", &field.message)].into_iter().chain(of_rules) {
        if let Some(written) = written {
            text(key, &LitStr::value(written), written.span(), errors);
        }
    }
}

/// One text of a key.
pub(super) fn text(key: &str, text: &str, span: Span, errors: &mut Errors) {
    if text.trim().is_empty() {
        let message = Message::new(format_args!("this `{key}` says nothing"));
        errors.span(span, message.help(format_args!("write what a person reads, or remove `{key}`")));
    }
}
