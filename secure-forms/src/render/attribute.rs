//! One attribute of a tag: the only way in which a form's markup gets one.

use std::fmt::Write;

use crate::html::escape;

/// ` name="value"`, escaped.
pub(super) fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    escape::attribute(out, value);
    out.push('"');
}
