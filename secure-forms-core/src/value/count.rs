//! How long a text is: text enters, a number leaves. The default unit is that of HTML's `maxlength`: UTF-16 code units
//! of the value whose line breaks are single (HTML Standard, 4.10.18.3), because forms send CRLF for each of them.

use crate::words::{any, beyond_ascii, equal};

/// What is counted.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Unit {
    /// UTF-16 code units; CRLF is one.
    #[default]
    Utf16,
    /// Unicode scalar values; CRLF is one.
    Chars,
    /// Bytes of UTF-8, as they came.
    Bytes,
    /// Extended grapheme clusters (UAX 29), what a person takes for a character; CRLF is one.
    #[cfg(feature = "graphemes")]
    Graphemes,
}

/// Counts; text without CR and beyond ASCII in no place is as long in every unit, and costs no more than a look.
///
/// ```
/// use secure_forms_core::value::count::{count, Unit};
/// assert_eq!(count("a\r\n😀", Unit::Utf16), 4);
/// assert_eq!(count("a\r\n😀", Unit::Chars), 3);
/// assert_eq!(count("a\r\n😀", Unit::Bytes), 7);
/// ```
#[must_use]
pub fn count(text: &str, unit: Unit) -> usize {
    let bytes = text.as_bytes();
    let is_longer = |word| beyond_ascii(word) | equal(word, b'\r') != 0;
    if unit == Unit::Bytes || !any(bytes, is_longer) {
        return bytes.len();
    }
    #[cfg(feature = "graphemes")]
    if unit == Unit::Graphemes {
        return unicode_segmentation::UnicodeSegmentation::graphemes(text, true).count();
    }
    // Four bytes of UTF-8 are a surrogate pair.
    let pairs = if unit == Unit::Utf16 { bytes.iter().filter(|&&byte| byte >= 0xf0).count() } else { 0 };
    let has_cr = any(bytes, |word| equal(word, b'\r') != 0);
    let crlf = if has_cr { bytes.windows(2).filter(|two| *two == b"\r\n").count() } else { 0 };
    text.chars().count() + pairs - crlf
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_as_long_in_every_unit() {
        for unit in [Unit::Utf16, Unit::Chars, Unit::Bytes] {
            assert_eq!(count("", unit), 0);
            assert_eq!(count("two\nlines", unit), 9);
        }
    }

    #[test]
    fn only_the_pair_of_cr_and_lf_is_one() {
        assert_eq!(count("\r\n\r\n", Unit::Utf16), 2);
        assert_eq!(count("\n\r", Unit::Utf16), 2);
        assert_eq!(count("\r\r\n\n", Unit::Chars), 3);
    }

    #[cfg(feature = "graphemes")]
    #[test]
    fn a_grapheme_is_what_a_person_takes_for_a_character() {
        for one in ["e\u{301}", "\r\n", "👩\u{200d}💻", "🇦🇹", "각", "a"] {
            assert_eq!(count(one, Unit::Graphemes), 1, "{one:?}");
        }
        assert_eq!(count("a\r\ne\u{301}😀", Unit::Graphemes), 4);
    }

    #[test]
    fn units_agree_with_the_standard_library() {
        for text in ["é", "€", "😀", "é€😀x", "e\u{301}"] {
            assert_eq!(count(text, Unit::Utf16), text.encode_utf16().count());
            assert_eq!(count(text, Unit::Chars), text.chars().count());
            assert_eq!(count(text, Unit::Bytes), text.len());
        }
    }
}
