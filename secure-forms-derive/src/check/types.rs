//! Types that look like a field's and are none: what to write instead is known here, better than by a trait that they lack.

use crate::diagnostic::{Errors, Message};
use crate::model::form::spelled;
use crate::model::form::written::Field;
use crate::model::holds::value_type;

/// Finds a type that no field has.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    let ty = value_type(&field.ty);
    let is_optional = ty != spelled(&field.ty) && spelled(&field.ty).contains("Option<");
    let (what, help) = match ty.as_str() {
        "bool" if is_optional => {
            ("a box is ticked or not, and never absent", "write `bool`, or an enum with `#[derive(Choice)]`")
        }
        "Accepted" if is_optional => {
            ("a box that must be ticked is not optional", "write `Accepted`, or `bool` if it may stay empty")
        }
        "char" => ("a `char` is no field", "write `String` with `#[field(length(1, unit = chars))]`"),
        list if list.starts_with("Vec<") => {
            ("a field has one value", "write one field for each value, or `check = function` on a `String`")
        }
        _ => return,
    };
    errors.at(&field.ty, Message::new(what).help(help));
}
