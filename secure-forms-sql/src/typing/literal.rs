//! The literals that all dialects have (PostgreSQL 4.1.2, SQLite "Literal Values", MariaDB "Literals").

use std::ops::Range;

use sqlparser::ast::Value;

use crate::types::{BOOL, BYTEA, Ty};
use crate::typing::inference::Inference;
use crate::typing::value::Typed;

/// Text in quotes, whose type may still be open.
pub(super) fn text(ty: Ty, text: &str) -> Typed {
    Typed { literal: Some(text.to_owned()), ..Typed::new(ty, false) }
}

/// `string` is the type of text in single quotes.
pub(super) fn shared(inference: &mut Inference<'_>, value: &Value, string: Ty, span: Range<usize>) -> Typed {
    match value {
        Value::Null => Typed::new(Ty::Open, true),
        Value::Boolean(_) => Typed::new(BOOL, false),
        Value::SingleQuotedString(own) | Value::NationalStringLiteral(own) => text(string, own),
        Value::HexStringLiteral(_) => Typed::new(BYTEA, false),
        _ => {
            let message = format!("{} has no such literal", inference.dialect);
            inference.refuse(span, message)
        }
    }
}

/// Whether a number has a fraction or an exponent.
pub(super) fn has_fraction(digits: &str) -> bool {
    digits.contains(['.', 'e', 'E']) && !digits.starts_with("0x")
}
