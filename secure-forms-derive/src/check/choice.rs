//! Two variants must not share a value, and "" means that nothing was chosen.

use super::sentences;
use crate::diagnostic::{Errors, Message};
use crate::model::choice::{Checked, Stub, Variant, Written, WrittenVariant};

/// The choice, if neither reading it nor this finds a mistake.
pub(crate) fn check(written: Written, errors: &mut Errors) -> Result<Checked, Box<Stub>> {
    variants(&written, errors);
    let Written { root, ident, generics, variants } = written;
    if !errors.is_empty() {
        return Err(Box::new(Stub { root, ident, generics }));
    }
    let is_segment = variants.iter().all(|variant| secure_forms_core::path::is_segment(&variant.value));
    let variant = |WrittenVariant { ident, value, label, .. }| Variant { ident, value, label };
    Ok(Checked { root, ident, variants: variants.into_iter().map(variant).collect(), is_segment })
}

/// Finds every mistake.
fn variants(choice: &Written, errors: &mut Errors) {
    if choice.variants.is_empty() && errors.is_empty() {
        errors.at(&choice.ident, Message::new("a choice offers at least one value").help("add a variant"));
    }
    for (at, variant) in choice.variants.iter().enumerate() {
        if variant.value.is_empty() {
            let message = Message::new("an empty value means that nothing was chosen");
            errors.span(
                variant.value_span,
                message.help("give the variant a value, and write the field's type as `Option<…>`"),
            );
        }
        // An entry has words (HTML Standard, 4.10.10).
        if let Some(span) = variant.label_span {
            sentences::text("label", &variant.label, span, errors);
        }
        if variant.value.trim() != variant.value || variant.value.contains(char::is_control) {
            let message = Message::new("a value that is trimmed or refused on its way back would never be recognized");
            errors.span(
                variant.value_span,
                message.help("write it without white space at its ends and without control characters"),
            );
        }
        if let Some(twin) = choice.variants.iter().take(at).find(|twin| twin.value == variant.value) {
            for span in [twin.value_span, variant.value_span] {
                let message = Message::new(format_args!("two variants have the value `{}`", variant.value));
                errors.span(span, message.help("give one of them another: `#[choice(value = \"…\")]`"));
            }
        }
    }
}
