//! What happens to a text before anything judges it: white space at the ends is cut off by slicing, control characters and
//! what nobody can see are refused, and a cap on bytes holds for every field. `nfc` composes what was kept.

use secure_forms_core::value::visible;
use secure_forms_core::words;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::problem::{ProblemKind, Unit};
use super::rule::Constraint;
use super::spec::{FieldSpec, Input, Invisible, Lines, Trim};

/// The most bytes of a text that states no length: one line, or many.
const MAX_LINE: usize = 16 << 10;
const MAX_TEXT: usize = 256 << 10;

/// More than anybody writes a number with.
const MAX_NUMBER: usize = 64;

/// Filters `text` as the field asks. What holds nothing but white space comes out empty, unless the field allows what
/// cannot be seen.
///
/// # Errors
/// A control character, a character that cannot be seen, or more bytes than any accepted value can have.
#[inline]
pub(crate) fn filter<'a>(text: &'a str, spec: &FieldSpec) -> Result<&'a str, ProblemKind> {
    let text = match spec.trim {
        Trim::Both => trim(text, spec.invisible),
        Trim::No => text,
    };
    if text.len() > MAX_LINE {
        let cap = byte_cap(spec);
        if text.len() > cap {
            return Err(ProblemKind::TooLong { max: cap, count: Some(text.len()), unit: Unit::Bytes });
        }
    }
    if words::any(text.as_bytes(), is_suspicious) {
        return by_characters(text, spec);
    }
    let has_shape = spec.invisible == Invisible::Allow || text.bytes().any(|byte| byte != b' ');
    Ok(if has_shape { text } else { "" })
}

/// Whether one of these eight bytes may belong to a control, to what cannot be seen, or to a mark. What begins with C3 to CA is a Latin
/// letter (U+00C0 to U+02BF), which is none of them.
#[inline]
fn is_suspicious(word: u64) -> bool {
    use words::{at_least, controls, equal, is_printable};
    !is_printable(word) && controls(word) | equal(word, 0xc2) | at_least(word, 0xcb) != 0
}

/// A field with a length counts for itself and needs no cap beyond it: its text is in memory already.
fn byte_cap(spec: &FieldSpec) -> usize {
    if spec.rules.iter().any(|rule| matches!(rule.constraint, Constraint::Length(length) if length.max != usize::MAX)) {
        return usize::MAX;
    }
    match spec.lines {
        Lines::One => MAX_LINE,
        Lines::Many => MAX_TEXT,
    }
}

/// The most bytes of UTF-8 that an accepted text of this field can have.
pub(crate) fn most_bytes(field: &FieldSpec) -> usize {
    if matches!(field.kind.input, Input::Integer { .. } | Input::Float | Input::Checkbox) {
        return MAX_NUMBER;
    }
    let lengths = field.rules.iter().filter_map(|rule| match rule.constraint {
        Constraint::Length(length) => length.most_bytes(),
        Constraint::Pattern(..)
        | Constraint::Email(_)
        | Constraint::Format(_)
        | Constraint::Range(_)
        | Constraint::Step(_)
        | Constraint::OneOf(_)
        | Constraint::NoneOf(_) => None,
    });
    lengths.min().unwrap_or_else(|| byte_cap(field).min(MAX_TEXT))
}

/// The long way, which decodes characters, only where an end may be white space or without a shape.
#[inline]
fn trim(text: &str, invisible: Invisible) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(|byte| (b'!'..=b'~').contains(byte));
    let has_plain_ends = |text: &str| is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last());
    if has_plain_ends(text) {
        return text;
    }
    // What people type around a text is mostly a space, which needs no decoding.
    let text = text.trim_ascii();
    match invisible {
        _ if has_plain_ends(text) => text,
        Invisible::Refuse => visible::trim(text),
        Invisible::Allow => text.trim(),
    }
}

/// Judges a text that is not plain Latin.
fn by_characters<'a>(text: &'a str, spec: &FieldSpec) -> Result<&'a str, ProblemKind> {
    if has_control_characters(text, spec.lines) {
        return Err(ProblemKind::ControlCharacter);
    }
    match spec.invisible {
        Invisible::Allow => Ok(text),
        Invisible::Refuse if text.chars().all(char::is_whitespace) => Ok(""),
        Invisible::Refuse => visible::check(text, spec.lines).map(|()| text).map_err(|_| ProblemKind::Invisible),
    }
}

/// Whether a C0 control, DEL or a C1 control (U+0080 to U+009F) is in a text that does not take it.
fn has_control_characters(text: &str, lines: Lines) -> bool {
    let is_allowed = |c: char| lines == Lines::Many && matches!(c, '\t' | '\r' | '\n');
    text.chars().any(|c| c.is_control() && !is_allowed(c))
}

/// The text in Normalization Form C (UAX 15), if that is another text.
pub(crate) fn nfc(text: &str) -> Option<String> {
    if text.is_ascii() || is_nfc(text) {
        return None;
    }
    // Three times the bytes are the most that the form takes (UAX 15, 9): it never moves, and leaves no copy behind.
    let mut composed = String::with_capacity(text.len().saturating_mul(3));
    composed.extend(text.nfc());
    Some(composed)
}

/// Whether two texts are the same to a reader: one person's keyboard composes, another's does not.
pub(crate) fn is_same_text(one: &str, other: &str) -> bool {
    one.nfc().eq(other.nfc())
}

#[cfg(test)]
mod tests {
    use super::super::spec::FieldKind;
    use super::*;

    const LINE: FieldSpec = FieldSpec::new("a", "A", FieldKind::required(Input::Text));
    const AREA: FieldSpec = LINE.multiline();
    const ANY: FieldSpec = LINE.allow_invisible();

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

    #[test]
    fn a_line_holds_nothing_that_cannot_be_seen() {
        for hidden in ["\u{200b}", "\u{202e}", "\u{2066}", "\u{2028}", "\u{3164}", "\u{2800}", "\u{2060}", "\u{e0041}"]
        {
            let text = format!("ad{hidden}min");
            assert_eq!(filter(&text, &LINE), Err(ProblemKind::Invisible), "{}", hidden.escape_unicode());
            assert_eq!(filter(&text, &ANY), Ok(text.as_str()));
            assert_eq!(filter(&format!("{hidden}x{hidden}"), &LINE.trim(Trim::No)), Err(ProblemKind::Invisible));
        }
        assert_eq!(filter("\u{301}", &LINE), Err(ProblemKind::Invisible), "an accent without a letter");
        assert_eq!(filter("می\u{200c}خواهم 👩\u{200d}🚀", &LINE), Ok("می\u{200c}خواهم 👩\u{200d}🚀"));
    }

    #[test]
    fn the_way_by_bytes_says_what_the_way_by_characters_says() {
        for char in '\0'..='\u{3ffff}' {
            for text in [char.to_string(), format!("a{char}b")] {
                for spec in [LINE.trim(Trim::No), AREA] {
                    assert_eq!(filter(&text, &spec), by_characters(&text, &spec), "{}", text.escape_unicode());
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_seen_is_cut_off_at_the_ends() {
        assert_eq!(filter("\u{202a}+43 1 234\u{202c}", &LINE), Ok("+43 1 234"));
        assert_eq!(filter("\u{3164}\u{200b}\u{feff}", &LINE), Ok(""));
        assert_eq!(filter("\u{feff}a", &ANY), Ok("\u{feff}a"));
    }

    #[test]
    fn white_space_alone_is_empty() {
        for text in ["  ", "\u{a0}\u{3000}"] {
            assert_eq!(filter(text, &LINE.trim(Trim::No)), Ok(""));
            assert_eq!(filter(text, &AREA), Ok(""));
            assert_eq!(filter(text, &ANY.trim(Trim::No)), Ok(text));
        }
        assert_eq!(filter("\r\n", &AREA), Ok(""));
    }

    #[test]
    fn long_text_is_read_in_the_order_in_which_it_is_stored() {
        assert_eq!(filter("so\u{ad}ft \u{200e}", &AREA), Ok("so\u{ad}ft \u{200e}"));
        assert_eq!(filter("a\u{202e}b", &AREA), Err(ProblemKind::Invisible));
        assert_eq!(filter("a\u{2067}b", &AREA), Err(ProblemKind::Invisible));
    }

    #[test]
    fn nfc_makes_a_text_only_where_it_is_another_one() {
        assert_eq!(nfc("plain"), None);
        assert_eq!(nfc("Zoë"), None);
        assert_eq!(nfc("Zoe\u{308}").as_deref(), Some("Zoë"));
        assert!(is_same_text("Zoe\u{308}", "Zoë") && !is_same_text("Zoe", "Zoë"));
        for longest in ["\u{1d160}", "\u{fb2c}", "\u{958}", "\u{390}"] {
            assert!(nfc(longest).is_none_or(|composed| composed.len() <= 3 * longest.len()));
        }
    }
}
