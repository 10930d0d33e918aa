//! Controls that contradict each other, and hidden fields that could never be sent, or that carry what nobody sees.

use crate::diagnostic::{Errors, Message};
use crate::model::form::Widget;
use crate::model::form::written::Field;
use crate::model::holds::value_type;

/// Finds every mistake.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    two_controls(field, errors);
    let Some((_, key)) = field.controls.iter().find(|(control, _)| *control == Widget::Hidden) else { return };
    let ty = value_type(&field.ty);
    let impossible = match ty.as_str() {
        "Secret" => Some("a page never has the text of a secret, so a hidden one cannot be sent"),
        "Accepted" => Some("a box that nobody sees cannot be ticked"),
        "Upload" => Some("a file cannot be chosen where nobody sees the field"),
        _ => None,
    };
    if let Some(why) = impossible {
        errors.at(key, Message::new(why).help("remove `hidden`"));
    }
    for (name, text) in [("help", &field.help), ("autocomplete", &field.autocomplete)] {
        if let Some(text) = text {
            let message = Message::new(format_args!("nobody sees the field, so it has no `{name}`"));
            errors.at(text, message.help(format_args!("remove `{name}`, or remove `hidden`")));
        }
    }
}

/// `url` is a rule too, which a hidden field may have.
fn two_controls(field: &Field, errors: &mut Errors) {
    let goes_with = |a: Widget, b: Widget| {
        a == b || matches!((a, b), (Widget::Hidden, Widget::Url) | (Widget::Url, Widget::Hidden))
    };
    for (at, (control, key)) in field.controls.iter().enumerate() {
        if let Some((_, first)) = field.controls.iter().take(at).find(|(first, _)| !goes_with(*first, *control)) {
            for place in [first, key] {
                let message = Message::new(format_args!("`{first}` and `{key}` are two controls"));
                errors.at(place, message.help("keep one of the two"));
            }
        }
    }
}
