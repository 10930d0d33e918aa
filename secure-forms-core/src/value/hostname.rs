//! Names of hosts (RFC 1123, 2.1; RFC 1035, 2.3.4): text enters, a verdict leaves. ASCII only: other scripts come as
//! `xn--`, and then the label is the ASCII form of a name (RFC 5890, 2.3.2.1). No dot at the end. The last label is not a
//! number, so that no name can be taken for an address.

use super::punycode::{self, Direction};

/// Why a text is not the name of a host.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum HostnameProblem {
    /// Empty, or longer than 253 bytes, the most that DNS can carry.
    Length,
    /// A label is empty, longer than 63 bytes, has a hyphen first or last, or another character than letters, digits and
    /// hyphens.
    Label,
    /// A label begins with `xn--` and is not the ASCII form of any.
    Encoding,
    /// The last label is a number.
    NumericEnd,
}

const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// Judges a name.
///
/// ```
/// use secure_forms_core::value::hostname::{check, HostnameProblem};
/// assert_eq!(check("www.example.org"), Ok(()));
/// assert_eq!(check("-x.example"), Err(HostnameProblem::Label));
/// assert_eq!(check("192.0.2.1"), Err(HostnameProblem::NumericEnd));
/// ```
///
/// # Errors
/// The first thing that is wrong.
pub fn check(text: &str) -> Result<(), HostnameProblem> {
    if text.is_empty() || text.len() > MAX_NAME {
        return Err(HostnameProblem::Length);
    }
    if !text.split('.').all(|label| is_label(label.as_bytes())) {
        return Err(HostnameProblem::Label);
    }
    if ends_in_number(text) {
        return Err(HostnameProblem::NumericEnd);
    }
    if is_encoded_well(text) { Ok(()) } else { Err(HostnameProblem::Encoding) }
}

/// Whether the last label is a number, decimal or hexadecimal: browsers read an address then (URL Standard, 3.5), and no
/// domain at the top is one (RFC 3696, 2; RFC 1123, 2.1).
pub(super) fn ends_in_number(name: &str) -> bool {
    let start = name.bytes().rposition(|byte| byte == b'.').map_or(0, |dot| dot + 1);
    match name.as_bytes().get(start..).unwrap_or_default() {
        [b'0', b'x' | b'X', digits @ ..] => digits.iter().all(u8::is_ascii_hexdigit),
        last @ [b'0'..=b'9', ..] => last.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Whether each label that begins with `xn--` stands for one of another script; and beside one that is read from right to
/// left, the others begin with a letter (RFC 5893, 2).
pub(super) fn is_encoded_well(name: &str) -> bool {
    // Nearly every name: no label can be an encoded one.
    if !name.as_bytes().windows(2).any(|pair| pair == b"--") {
        return true;
    }
    let (mut from_the_right, mut is_unclear) = (false, false);
    for label in name.split('.') {
        if punycode::is_encoded(label) {
            match punycode::decodes(label) {
                None => return false,
                Some(direction) => {
                    from_the_right |= direction == Direction::RightToLeft;
                    is_unclear |= direction == Direction::Unclear;
                }
            }
        } else {
            is_unclear |= !label.starts_with(|first: char| first.is_ascii_alphabetic());
        }
    }
    !(from_the_right && is_unclear)
}

fn is_label(label: &[u8]) -> bool {
    label.len() <= MAX_LABEL
        && label.first().is_some_and(u8::is_ascii_alphanumeric)
        && label.last().is_some_and(u8::is_ascii_alphanumeric)
        && label.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_hosts_are_taken() {
        for good in
            ["localhost", "a", "3com.com", "xn--bcher-kva.example", "a--b.c", &"x".repeat(63), "1.2.3.4.in-addr.arpa"]
        {
            assert_eq!(check(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn labels_are_letters_digits_and_inner_hyphens() {
        for bad in [".", "a.", ".a", "a..b", "a-.b", "a_b.c", "a b", "bücher.example", "a/b", "a:80", &"x".repeat(64)]
        {
            assert_eq!(check(bad), Err(HostnameProblem::Label), "{bad}");
        }
    }

    #[test]
    fn the_last_label_is_no_number_in_any_spelling() {
        for bad in ["192.0.2.1", "a.1", "1", "a.0x7f", "a.0X", "0x7f000001"] {
            assert_eq!(check(bad), Err(HostnameProblem::NumericEnd), "{bad}");
        }
        assert_eq!(check("0x7f.1a"), Ok(()));
    }

    #[test]
    fn an_encoded_label_stands_for_one_of_another_script() {
        for bad in
            ["xn--a", "xn--", "a.xn--abc-.example", "XN--99999999.example", "1a.xn--wgbl6a", "xn--a--jqyca.xn--bjb"]
        {
            assert!(matches!(check(bad), Err(HostnameProblem::Encoding | HostnameProblem::Label)), "{bad}");
        }
        assert_eq!(check("xn--fiqs8s.xn--wgbl6a"), Ok(()));
    }

    #[test]
    fn the_whole_is_at_most_253_bytes() {
        let name = |last: usize| {
            [&"a".repeat(63), &"b".repeat(63), &"c".repeat(63), &"d".repeat(last)].map(String::as_str).join(".")
        };
        assert_eq!(check(&name(61)), Ok(()));
        assert_eq!(check(&name(62)), Err(HostnameProblem::Length));
        assert_eq!(check(""), Err(HostnameProblem::Length));
    }
}
