//! The ASCII form of a label in another script (RFC 3492; RFC 5891, 5.4; UTS 46, 4.1): a label enters, a verdict leaves.
//! Without Unicode's tables of UTS 46 here, the rule is narrower than that of browsers, never wider: letters, digits and
//! marks that have no other spelling, emoji of three full blocks, and no joiners.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfkc};

use super::visible::is_drawn;

/// The most characters of a label.
const MAX_LABEL: usize = 63;

/// Whether a label, without regard to case, begins as the ASCII form of another does.
pub(super) fn is_encoded(label: &str) -> bool {
    label.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--"))
}

/// Whether what stands behind `xn--` decodes to a label that could not be written otherwise, and in which order that is read.
pub(super) fn decodes(label: &str) -> Option<Direction> {
    let mut decoded = Decoded { chars: ['\0'; MAX_LABEL], count: 0 };
    decoded.read(label.get(4..)?.as_bytes())?;
    let chars = decoded.chars.get(..decoded.count)?;
    let is_mark_on_nothing = |pair: &[char]| matches!(pair, &['-', mark] if is_combining_mark(mark));
    let is_plain = chars.iter().all(|&char| is_label_char(char))
        && chars.iter().any(|char| !char.is_ascii())
        && chars.first().is_some_and(|&first| first != '-' && !is_combining_mark(first))
        && chars.last() != Some(&'-')
        && !chars.windows(2).any(is_mark_on_nothing);
    // Composed, and without compatibility forms and capitals, which are mapped to others before they are encoded.
    let is_stable = is_nfkc_chars(chars) && chars.iter().all(|&char| is_own_fold(char));
    if is_plain && is_stable { Direction::of(chars) } else { None }
}

/// In which order a label is read (RFC 5893, 2).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Direction {
    /// It begins with a letter that is and ends with one or with a digit, and holds letters, digits and hyphens.
    LeftToRight,
    /// It begins with a letter that is, and holds no letter that is not.
    RightToLeft,
    /// Neither: it may not stand beside a label from right to left.
    Unclear,
}

impl Direction {
    fn of(chars: &[char]) -> Option<Self> {
        let begins = |kind: fn(char) -> bool| chars.first().is_some_and(|&first| kind(first));
        let ends = |kind: fn(char) -> bool| {
            chars.iter().rfind(|char| !is_combining_mark(**char)).is_some_and(|&last| kind(last))
        };
        let is_letter_or_digit = |&char: &char| char == '-' || char.is_alphanumeric() || is_combining_mark(char);
        if !chars.iter().any(|&char| is_right_to_left(char) || is_arabic_digit(char)) {
            let is_clear = begins(is_left_to_right)
                && ends(|last| is_left_to_right(last) || last.is_ascii_digit())
                && chars.iter().all(is_letter_or_digit);
            return Some(if is_clear { Self::LeftToRight } else { Self::Unclear });
        }
        let is_european_digit = |char: char| char.is_ascii_digit() || matches!(char, '\u{6f0}'..='\u{6f9}');
        let mixes_digits =
            chars.iter().any(|&char| is_arabic_digit(char)) && chars.iter().any(|&char| is_european_digit(char));
        let fits = |&char: &char| {
            is_right_to_left(char)
                || is_arabic_digit(char)
                || is_european_digit(char)
                || is_combining_mark(char)
                || char == '-'
        };
        (begins(is_right_to_left) && !mixes_digits && chars.iter().all(fits)).then_some(Self::RightToLeft)
    }
}

/// Letters but those of scripts from right to left, and those that have no direction of their own (bidirectional class ON): accents that
/// stand alone, tone letters, and the numerals of Greek inscriptions.
fn is_left_to_right(char: char) -> bool {
    let is_neutral = matches!(
        char,
        '\u{2b9}'..='\u{2ba}' | '\u{2c6}'..='\u{2cf}' | '\u{2ec}' | '\u{374}' | '\u{2e2f}' | '\u{a67f}' | '\u{a717}'..='\u{a71f}'
            | '\u{a788}' | '\u{10140}'..='\u{10174}'
    );
    char.is_alphabetic() && !is_in_right_to_left_block(char) && !is_neutral
}

/// Arabic digits, whose direction is their own (bidirectional class AN).
fn is_arabic_digit(char: char) -> bool {
    matches!(char, '\u{660}'..='\u{669}')
}

/// Letters in the blocks that Unicode keeps for scripts from right to left.
fn is_right_to_left(char: char) -> bool {
    is_in_right_to_left_block(char) && char.is_alphabetic()
}

fn is_in_right_to_left_block(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(char, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

fn is_label_char(char: char) -> bool {
    match char {
        '-' | 'a'..='z' | '0'..='9' => true,
        _ if char.is_ascii() => false,
        '\u{2600}'..='\u{26ff}' | '\u{2700}'..='\u{27bf}' | '\u{1f300}'..='\u{1f64f}' => true,
        // Digits of these scripts have directions of their own.
        _ if is_in_right_to_left_block(char) && char.is_numeric() => {
            is_arabic_digit(char) || matches!(char, '\u{6f0}'..='\u{6f9}')
        }
        // Folded the other way round: capitals are the basic form.
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => false,
        _ => is_drawn(char) && (char.is_alphanumeric() || is_combining_mark(char)),
    }
}

/// Whether case folding leaves a character as it is; `ß`, `ς` and `ı` are kept (UTS 46, 4, "deviation characters").
fn is_own_fold(char: char) -> bool {
    if matches!(char, 'ß' | 'ς' | 'ı') {
        return true;
    }
    let folded = char.to_uppercase().flat_map(char::to_lowercase);
    folded.nfc().eq([char])
}

/// As [`is_nfkc`], of characters that are no string yet.
fn is_nfkc_chars(chars: &[char]) -> bool {
    let mut bytes = [0; MAX_LABEL * 4];
    let mut end = 0;
    for char in chars {
        let Some(place) = bytes.get_mut(end..end + char.len_utf8()) else { return false };
        end += char.encode_utf8(place).len();
    }
    bytes.get(..end).and_then(|text| str::from_utf8(text).ok()).is_some_and(is_nfkc)
}

struct Decoded {
    chars: [char; MAX_LABEL],
    count: usize,
}

impl Decoded {
    fn insert(&mut self, at: usize, char: char) -> Option<()> {
        let count = self.count + 1;
        let tail = self.chars.get_mut(at..count)?;
        tail.rotate_right(1);
        *tail.first_mut()? = char;
        self.count = count;
        Some(())
    }

    /// RFC 3492, 6.2; the numbers are those of section 5.
    fn read(&mut self, text: &[u8]) -> Option<()> {
        let (basic, digits) = match text.iter().rposition(|&byte| byte == b'-') {
            Some(at) if at > 0 => (text.get(..at)?, text.get(at + 1..)?),
            _ => (&[][..], text),
        };
        for &byte in basic {
            self.insert(self.count, char::from(byte.to_ascii_lowercase()))?;
        }
        let (mut code, mut place, mut bias) = (128u32, 0u32, 72u32);
        let mut digits = digits.iter();
        while !digits.as_slice().is_empty() {
            let before = place;
            let mut weight = 1u32;
            for step in 1u32.. {
                let digit = digit(*digits.next()?)?;
                place = place.checked_add(digit.checked_mul(weight)?)?;
                let threshold = (36 * step).saturating_sub(bias).clamp(1, 26);
                if digit < threshold {
                    break;
                }
                weight = weight.checked_mul(36 - threshold)?;
            }
            let count = u32::try_from(self.count).ok()? + 1;
            bias = adapted(place - before, count, before == 0);
            code = code.checked_add(place / count)?;
            place %= count;
            self.insert(usize::try_from(place).ok()?, char::from_u32(code)?)?;
            place += 1;
        }
        Some(())
    }
}

fn digit(byte: u8) -> Option<u32> {
    match byte.to_ascii_lowercase() {
        letter @ b'a'..=b'z' => Some(u32::from(letter - b'a')),
        number @ b'0'..=b'9' => Some(u32::from(number - b'0') + 26),
        _ => None,
    }
}

/// RFC 3492, 6.1.
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > 455 {
        delta /= 35;
        steps += 36;
    }
    steps + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_many_scripts_decode() {
        for (label, text) in [
            ("xn--bcher-kva", "bücher"),
            ("xn--fa-hia", "faß"),
            ("XN--Bcher-KVA", "bücher"),
            ("xn--80ak6aa92e", "аррӏе"),
            ("xn--fiqs8s", "中国"),
            ("xn--wgbl6a", "قطر"),
            ("xn--4dbrk0ce", "ישראל"),
            ("xn--o3cw4h", "ไทย"),
            ("xn--i-7iq", "i❤"),
            ("xn--h2brj9c", "भारत"),
        ] {
            let mut decoded = Decoded { chars: ['\0'; MAX_LABEL], count: 0 };
            assert_eq!(decoded.read(&label.as_bytes()[4..]), Some(()), "{label}");
            assert_eq!(decoded.chars[..decoded.count].iter().collect::<String>(), text);
            assert!(decodes(label).is_some(), "{label}");
        }
    }

    #[test]
    fn what_is_no_ascii_form_of_a_label_does_not() {
        for label in [
            "xn--",
            "xn--a",
            "xn--abc-",
            "xn---foo",
            "xn--9999999999",
            "xn--zca-",
            "xn--a-ecp",
            "xn--0ca_",
            "xn--ab-kva-",
        ] {
            assert_eq!(decodes(label), None, "{label}");
        }
    }

    #[test]
    fn a_label_is_read_in_one_direction() {
        assert_eq!(decodes("xn--wgbl6a"), Some(Direction::RightToLeft));
        assert_eq!(decodes("xn--fiqs8s"), Some(Direction::LeftToRight));
        // A letter, and a circled digit at the end: its direction is that of what stands beside it.
        assert_eq!(decodes("xn--a--jqyca"), Some(Direction::Unclear));
        assert_eq!(decodes("xn--a-t6a"), Some(Direction::Unclear), "`aʹ`");
        // `a` beside an Arabic letter; a digit before one.
        assert_eq!((decodes("xn--a-zmc"), decodes("xn--1-zmc")), (None, None));
    }
}
