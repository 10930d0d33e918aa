//! Literals whose text must be a value of a type: PostgreSQL reads them when it prepares a statement (4.1.2.7).

use std::ops::Range;

use sqlparser::ast::Value;

use super::catalogue::catalogue;
use super::json::{is_json, is_plain_path};
use crate::problem::Problem;
use crate::schema::{Schema, UserType};
use crate::types::{INT4, INT8, NUMERIC, TEXT, Ty};
use crate::typing::inference::Inference;
use crate::typing::literal::{has_fraction, shared, text};
use crate::typing::value::Typed;
use secure_forms_core::nearest::nearest;

enum Reading {
    Good,
    Bad,
    /// Only PostgreSQL's own parser knows.
    Unsure,
}

/// What a literal is by its spelling (4.1.2).
pub(super) fn literal(inference: &mut Inference<'_>, value: &Value, span: Range<usize>) -> Typed {
    match value {
        // They are read from version 16 on.
        Value::Number(digits, _) if digits.contains('_') || (digits.starts_with('0') && digits.contains(is_radix)) => {
            inference.cannot_judge(span, format!("`{digits}` is not checked"))
        }
        Value::Number(digits, _) => Typed::new(number(digits), false),
        Value::EscapedStringLiteral(own) | Value::UnicodeStringLiteral(own) => text(Ty::Open, own),
        Value::DollarQuotedString(own) => text(Ty::Open, &own.value),
        Value::HexStringLiteral(_) | Value::SingleQuotedByteStringLiteral(_) => Typed::new(Ty::fixed("bit"), false),
        _ => shared(inference, value, Ty::Open, span),
    }
}

fn number(digits: &str) -> Ty {
    if has_fraction(digits) {
        NUMERIC
    } else if digits.parse::<i32>().is_ok() {
        INT4
    } else if digits.parse::<i64>().is_ok() {
        INT8
    } else {
        NUMERIC
    }
}

fn is_radix(letter: char) -> bool {
    matches!(letter, 'x' | 'X' | 'o' | 'O' | 'b' | 'B')
}

/// Whether a text is a value of a type, as PostgreSQL finds when it prepares.
pub(crate) fn fits(inference: &mut Inference<'_>, text: &str, ty: &Ty, span: Range<usize>) {
    let reading = match inference.schema.base_type(ty) {
        Ty::Array(_) => starts_with(text, &['{', '[']),
        Ty::Named(name) => match inference.schema.types.get(name.as_ref()) {
            Some(UserType::Enum(labels)) => {
                if labels.iter().any(|label| label == text) {
                    return;
                }
                let near =
                    nearest(text, labels.iter().map(String::as_str)).map(|label| format!("did you mean `{label}`?"));
                inference.report(Problem::new(span, format!("`{text}` is no value of {ty}")).maybe_help(near));
                return;
            }
            _ if name == "regclass" && is_relation(inference.schema, text) => Reading::Good,
            _ => read(text, &name),
        },
        Ty::Any | Ty::Open => Reading::Good,
    };
    match reading {
        Reading::Good => {}
        Reading::Bad => {
            inference.refuse(span, format!("`{text}` is no {ty}"));
        }
        Reading::Unsure => {
            inference.cannot_judge(span, format!("whether `{text}` is a value of {ty} is not checked"));
        }
    }
}

/// A table, or the sequence that `serial` and identity columns bring along.
fn is_relation(schema: &Schema, text: &str) -> bool {
    schema.tables.values().any(|table| {
        table.full_name() == text
            || table.columns.iter().any(|column| {
                column.has_default && text == format!("{}_{}_seq", table.full_name(), column.name) && column.sql != TEXT
            })
    })
}

/// The text search configurations of a fresh database.
const CONFIGURATIONS: [&str; 29] = [
    "simple",
    "arabic",
    "armenian",
    "basque",
    "catalan",
    "danish",
    "dutch",
    "english",
    "finnish",
    "french",
    "german",
    "greek",
    "hindi",
    "hungarian",
    "indonesian",
    "irish",
    "italian",
    "lithuanian",
    "nepali",
    "norwegian",
    "portuguese",
    "romanian",
    "russian",
    "serbian",
    "spanish",
    "swedish",
    "tamil",
    "turkish",
    "yiddish",
];

fn read(text: &str, name: &str) -> Reading {
    let trimmed = text.trim();
    let good = |yes: bool| if yes { Reading::Good } else { Reading::Bad };
    match name {
        "int2" => good(trimmed.parse::<i16>().is_ok()),
        "int4" => good(trimmed.parse::<i32>().is_ok()),
        "int8" => good(trimmed.parse::<i64>().is_ok()),
        "float4" | "float8" | "numeric" => good(is_number(trimmed)),
        "bool" => good(is_bool(&trimmed.to_ascii_lowercase())),
        "uuid" => good(is_uuid(trimmed)),
        "json" | "jsonb" => match is_json(text) {
            Some(is_json) => good(is_json),
            None => Reading::Unsure,
        },
        "jsonpath" if is_plain_path(trimmed) => Reading::Good,
        "date" | "timestamp" | "timestamptz" => is_moment(trimmed),
        "time" | "timetz" if is_clock(trimmed) => Reading::Good,
        "interval" => is_interval(trimmed),
        "regconfig" if CONFIGURATIONS.contains(&trimmed) => Reading::Good,
        // Text takes everything, and what is left is rarely written as a literal.
        _ => match catalogue().type_entry(name) {
            Some(entry) if entry.category == 'S' => Reading::Good,
            _ if name == "bytea" => good(!text.starts_with("\\x") || is_hex(text.get(2..).unwrap_or_default())),
            _ if matches!(name, "jsonpath" | "regclass" | "regtype" | "regproc") => Reading::Unsure,
            _ if super::coerce::is_polymorphic(name) || name == "citext" => Reading::Good,
            _ => Reading::Unsure,
        },
    }
}

fn starts_with(text: &str, first: &[char]) -> Reading {
    if text.trim_start().starts_with(first) { Reading::Good } else { Reading::Bad }
}

fn is_number(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let unsigned = lower.trim_start_matches(['+', '-']);
    matches!(unsigned, "nan" | "infinity" | "inf")
        || (unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') && lower.parse::<f64>().is_ok())
}

/// The words of 8.6 and their unique prefixes.
fn is_bool(text: &str) -> bool {
    !text.is_empty()
        && (["true", "yes", "false", "no"].iter().any(|word| word.starts_with(text))
            || ["on", "off", "of", "1", "0"].contains(&text))
}

fn is_uuid(text: &str) -> bool {
    let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')).unwrap_or(text);
    let digits = inner.chars().filter(|c| *c != '-').collect::<String>();
    digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_hex(text: &str) -> bool {
    let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_hexdigit)
}

/// ISO 8601 as people write it, and the special words of 8.5.1.4; PostgreSQL reads much more.
fn is_moment(text: &str) -> Reading {
    if matches!(
        text.to_ascii_lowercase().as_str(),
        "now" | "today" | "tomorrow" | "yesterday" | "epoch" | "infinity" | "-infinity"
    ) {
        return Reading::Good;
    }
    let (year, rest) = text.split_at(text.find('-').unwrap_or(text.len()));
    let mut parts = rest.trim_start_matches('-').splitn(2, '-');
    let month = parts.next().and_then(|month| month.parse::<u8>().ok());
    let tail = parts.next().unwrap_or_default();
    let day = tail.get(..2).and_then(|day| day.parse::<u8>().ok());
    let iso = year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && month.is_some_and(|month| (1..=12).contains(&month))
        && day.is_some_and(|day| (1..=28).contains(&day));
    let time = tail.get(2..).unwrap_or_default();
    let plain_time = time.is_empty() || is_clock(time.trim_start_matches(['T', ' ']));
    if iso && plain_time { Reading::Good } else { Reading::Unsure }
}

fn is_clock(text: &str) -> bool {
    let text = text.trim_end_matches('Z').trim_end_matches("+00");
    let text = text.split('.').next().unwrap_or_default();
    let mut parts = text.split(':');
    let mut below =
        |limit: u8| parts.next().is_none_or(|part| part.len() == 2 && part.parse::<u8>().is_ok_and(|own| own < limit));
    below(24) && below(60) && below(60) && text.contains(':')
}

fn is_interval(text: &str) -> Reading {
    const UNITS: [&str; 11] =
        ["year", "mon", "week", "day", "hour", "min", "sec", "millisecond", "decade", "century", "ago"];
    let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
    let known = |word: &String| {
        is_number(word) || UNITS.iter().any(|unit| word.starts_with(unit) && word.trim_start_matches(unit).len() <= 5)
    };
    if words.len() > 1 && words.iter().all(known) { Reading::Good } else { Reading::Unsure }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_good(text: &str, ty: &str) -> bool {
        matches!(read(text, ty), Reading::Good)
    }

    #[test]
    fn literals_are_read_as_the_server_reads_them() {
        assert!(is_good(" 12 ", "int4") && !is_good("12a", "int4") && !is_good("40000", "int2"));
        assert!(is_good("y", "bool") && is_good("tru", "bool") && !is_good("o", "bool"));
        assert!(is_good("2024-02-01 10:00:00Z", "timestamptz") && !is_good("soon", "date"));
        assert!(is_good("3 days", "interval") && is_good("1e3", "numeric") && !is_good("abc", "numeric"));
        assert!(is_good("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "uuid") && !is_good("a0ee", "uuid"));
    }
}
