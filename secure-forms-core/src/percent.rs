//! Percent-encoding (RFC 3986, section 2.1), the one coder of it: text enters, text or a refusal leaves. Decoding is strict: a bad
//! triplet or bytes that are not UTF-8 are never passed on as they are.

use std::borrow::Cow;

/// Why encoded text could not be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Undecodable {
    /// A `%` without two hexadecimal digits behind it.
    BadTriplet,
    /// The decoded bytes are not UTF-8.
    NotUtf8,
}

/// Adds `%XX`.
pub(crate) fn push_triplet(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

const NOT_HEX: u8 = 0x80;

/// The value of each hexadecimal digit.
const HEX: [u8; 256] = {
    let mut table = [NOT_HEX; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

/// The byte that two digits stand for.
#[inline]
const fn byte(high: u8, low: u8) -> Option<u8> {
    let (high, low) = (HEX[high as usize], HEX[low as usize]);
    if (high | low) & NOT_HEX == 0 { Some(high << 4 | low) } else { None }
}

/// The byte that the triplet at `at` stands for; nothing where there is no whole triplet.
pub(crate) const fn triplet(bytes: &[u8], at: usize) -> Option<u8> {
    if at + 2 >= bytes.len() || bytes[at] != b'%' {
        return None;
    }
    byte(bytes[at + 1], bytes[at + 2])
}

/// Appends a value to a path or a query: all but the unreserved characters of RFC 3986 (letters, digits, `-._~`) become triplets.
///
/// ```
/// let mut out = String::from("/search?q=");
/// secure_forms_core::percent::encode_value(&mut out, "a&b é");
/// assert_eq!(out, "/search?q=a%26b%20%C3%A9");
/// ```
pub fn encode_value(out: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => push_triplet(out, byte),
        }
    }
}

/// Reads one segment of a path; borrows where nothing is encoded.
///
/// ```
/// use secure_forms_core::percent::{Undecodable, decode_segment};
/// assert_eq!(decode_segment("a%20b+c").as_deref(), Ok("a b+c"));
/// assert_eq!(decode_segment("100%"), Err(Undecodable::BadTriplet));
/// ```
///
/// # Errors
/// [`Undecodable`] for a bad triplet and for bytes that are not UTF-8.
pub fn decode_segment(raw: &str) -> Result<Cow<'_, str>, Undecodable> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    text(decode_bytes(raw.as_bytes(), b'%')?)
}

/// Reads a name or a value of a query as `application/x-www-form-urlencoded` (URL Standard, section 5): `+` is a space.
///
/// ```
/// use secure_forms_core::percent::decode_query_value;
/// assert_eq!(decode_query_value("a+b%2B").as_deref(), Ok("a b+"));
/// ```
///
/// # Errors
/// [`Undecodable`] for a bad triplet and for bytes that are not UTF-8.
pub fn decode_query_value(raw: &str) -> Result<Cow<'_, str>, Undecodable> {
    if !raw.contains(['%', '+']) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut bytes = raw.as_bytes().to_vec();
    let length = decode_form_in_place(&mut bytes)?;
    bytes.truncate(length);
    text(bytes)
}

fn text(decoded: Vec<u8>) -> Result<Cow<'static, str>, Undecodable> {
    String::from_utf8(decoded).map(Cow::Owned).map_err(|_| Undecodable::NotUtf8)
}

/// Reads a name or a value as [`decode_query_value`] does, and leaves it at the front of its own buffer; answers how many bytes it has.
/// Whether they are UTF-8 is not looked at.
///
/// ```
/// let mut buffer = *b"a+b%2Bc";
/// let length = secure_forms_core::percent::decode_form_in_place(&mut buffer)?;
/// assert_eq!(&buffer[..length], b"a b+c");
/// # Ok::<(), secure_forms_core::percent::Undecodable>(())
/// ```
///
/// # Errors
/// [`Undecodable::BadTriplet`]; the buffer is then half decoded.
#[inline]
pub fn decode_form_in_place(text: &mut [u8]) -> Result<usize, Undecodable> {
    // Many at once, as long as nothing moves.
    text.iter_mut().for_each(|byte| *byte = if *byte == b'+' { b' ' } else { *byte });
    // What stands before the first triplet stays where it is; behind it, what is plain moves as one.
    let plain = |text: &[u8]| text.iter().position(|&byte| byte == b'%').unwrap_or(text.len());
    let mut read = plain(text);
    let mut write = read;
    while let [_, behind @ ..] = text.get(read..).unwrap_or_default() {
        let [high, low, rest @ ..] = behind else { return Err(Undecodable::BadTriplet) };
        let (byte, run) = (byte(*high, *low).ok_or(Undecodable::BadTriplet)?, plain(rest));
        text[write] = byte;
        read += 3;
        text.copy_within(read..read + run, write + 1);
        read += run;
        write += 1 + run;
    }
    Ok(write)
}

/// Reads bytes in which `mark` and two hexadecimal digits stand for one: `%` in a URL (and RFC 8187, 3.2), `=` in quoted-printable
/// words (RFC 2047, 4.2). All others stand for themselves.
///
/// ```
/// use secure_forms_core::percent::{Undecodable, decode_bytes};
/// assert_eq!(decode_bytes(b"%41+%ff", b'%').as_deref(), Ok(&b"A+\xff"[..]));
/// assert_eq!(decode_bytes(b"=4", b'='), Err(Undecodable::BadTriplet));
/// ```
///
/// # Errors
/// [`Undecodable::BadTriplet`].
pub fn decode_bytes(raw: &[u8], mark: u8) -> Result<Vec<u8>, Undecodable> {
    let mut out = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter();
    while let Some(&plain) = bytes.next() {
        if plain != mark {
            out.push(plain);
            continue;
        }
        let (Some(&high), Some(&low)) = (bytes.next(), bytes.next()) else {
            return Err(Undecodable::BadTriplet);
        };
        out.push(byte(high, low).ok_or(Undecodable::BadTriplet)?);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_encoded_is_decoded_again() {
        let value = "a/b?c#d%25 é\u{1F600}\\\"<>+";
        let mut encoded = String::new();
        encode_value(&mut encoded, value);
        assert_eq!(decode_segment(&encoded).as_deref(), Ok(value));
        assert_eq!(decode_query_value(&encoded).as_deref(), Ok(value));
    }

    #[test]
    fn bad_triplets_and_bad_utf8_are_refused() {
        for raw in ["%", "%4", "%zz", "a%2", "%%41"] {
            assert_eq!(decode_segment(raw), Err(Undecodable::BadTriplet), "{raw}");
            assert_eq!(decode_query_value(raw), Err(Undecodable::BadTriplet), "{raw}");
            assert_eq!(decode_bytes(&raw.replace('%', "=").into_bytes(), b'='), Err(Undecodable::BadTriplet), "{raw}");
        }
        assert_eq!(decode_query_value("%ff"), Err(Undecodable::NotUtf8));
    }

    #[test]
    fn the_digits_of_both_cases_are_the_only_ones() {
        for value in 0..=255u8 {
            for text in [format!("%{value:02x}"), format!("%{value:02X}")] {
                assert_eq!(triplet(text.as_bytes(), 0), Some(value), "{text}");
                assert_eq!(decode_bytes(text.as_bytes(), b'%'), Ok(vec![value]), "{text}");
            }
            let is_digit = char::from(value).is_ascii_hexdigit();
            assert_eq!(byte(b'0', value).is_some() && byte(value, b'0').is_some(), is_digit, "{value}");
        }
    }
}
