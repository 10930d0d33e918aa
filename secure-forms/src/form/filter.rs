//! What happens to a text before anything judges it: white space at the ends is cut off by slicing, control characters
//! are refused, and a cap on bytes holds for every field.

use super::problem::{ProblemKind, Unit};
use super::rule::Test;
use super::spec::{FieldSpec, Lines, Trim};

/// The most bytes of a text that states no length: one line, or many.
const MAX_LINE: usize = 16 << 10;
const MAX_TEXT: usize = 256 << 10;

/// Filters `text` as the field asks.
///
/// # Errors
/// A control character, or more bytes than any accepted value can have.
#[inline]
pub(crate) fn filter<'a>(text: &'a str, spec: &FieldSpec) -> Result<&'a str, ProblemKind> {
    let text = match spec.trim {
        Trim::Both => trim(text),
        Trim::No => text,
    };
    if text.len() > MAX_LINE {
        let cap = byte_cap(spec);
        if text.len() > cap {
            return Err(ProblemKind::TooLong { max: cap, count: Some(text.len()), unit: Unit::Bytes });
        }
    }
    if has_control_characters(text, spec.lines) { Err(ProblemKind::ControlCharacter) } else { Ok(text) }
}

/// A field with a length counts for itself and needs no cap beyond it: its text is in memory already.
fn byte_cap(spec: &FieldSpec) -> usize {
    if spec.rules.iter().any(|rule| matches!(rule.test, Test::Length(length) if length.max != usize::MAX)) {
        return usize::MAX;
    }
    match spec.lines {
        Lines::One => MAX_LINE,
        Lines::Many => MAX_TEXT,
    }
}

/// `str::trim`, which decodes characters, only where an end may be white space.
#[inline]
fn trim(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| (b'!'..=b'~').contains(byte));
    let bytes = text.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) { text } else { text.trim() }
}

/// Whether a C0 control, DEL or a C1 control (U+0080 to U+009F) is in a text that does not take it.
#[inline]
fn has_control_characters(text: &str, lines: Lines) -> bool {
    // Every byte is looked at, without a way out, so that the compiler takes many at once.
    let suspicious = |seen, byte: u8| seen | (byte < b' ') | (byte == 0x7f) | (byte == 0xc2);
    if !text.bytes().fold(false, suspicious) {
        return false;
    }
    let allowed = |c: char| lines == Lines::Many && matches!(c, '\t' | '\r' | '\n');
    text.chars().any(|c| c.is_control() && !allowed(c))
}

#[cfg(test)]
mod tests {
    use super::super::spec::{Input, Shape};
    use super::*;

    const LINE: FieldSpec = FieldSpec::new("a", "A", Shape::required(Input::Text));
    const AREA: FieldSpec = LINE.multiline();

    #[test]
    fn one_line_is_trimmed_and_a_text_area_is_not() {
        assert_eq!(filter(" \u{a0}x y\u{2003} ", &LINE), Ok("x y"));
        assert_eq!(filter(" x ", &AREA), Ok(" x "));
    }

    #[test]
    fn line_breaks_belong_to_text_areas_alone() {
        assert_eq!(filter("a\r\n\tb", &AREA), Ok("a\r\n\tb"));
        assert_eq!(filter("a\nb", &LINE), Err(ProblemKind::ControlCharacter));
    }

    #[test]
    fn other_control_characters_belong_nowhere() {
        for text in ["a\0b", "a\u{7f}b", "a\u{85}b", "a\u{1b}[0m"] {
            assert_eq!(filter(text, &LINE), Err(ProblemKind::ControlCharacter), "{text:?}");
            assert_eq!(filter(text, &AREA), Err(ProblemKind::ControlCharacter), "{text:?}");
        }
        assert_eq!(filter("a\u{a0}b", &LINE), Ok("a\u{a0}b"));
    }

    #[test]
    fn a_line_without_a_length_has_a_cap_of_bytes() {
        assert!(filter(&"x".repeat(MAX_LINE), &LINE).is_ok());
        assert!(matches!(filter(&"x".repeat(MAX_LINE + 1), &LINE), Err(ProblemKind::TooLong { .. })));
    }
}
