//! Percent-encoding (RFC 3986, section 2.1): text enters, text or a refusal leaves. Decoding is strict: a bad triplet or bytes
//! that are not UTF-8 are never passed on as they are.

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

/// The value of a hexadecimal digit.
pub(crate) const fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// The byte that the triplet at `at` stands for; nothing where there is no whole triplet.
pub(crate) const fn triplet(bytes: &[u8], at: usize) -> Option<u8> {
    if at + 2 >= bytes.len() || bytes[at] != b'%' {
        return None;
    }
    match (hex(bytes[at + 1]), hex(bytes[at + 2])) {
        (Some(high), Some(low)) => Some(high << 4 | low),
        _ => None,
    }
}

/// Appends a value to a path or a query: all but the unreserved characters of RFC 3986 (letters, digits, `-._~`) become triplets.
///
/// ```
/// let mut out = String::from("/search?q=");
/// secure_forms_core::path::encode_value(&mut out, "a&b é");
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
/// use secure_forms_core::path::{Undecodable, decode_segment};
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
    decode(raw.as_bytes(), |byte| byte)
}

/// Reads a name or a value of a query as `application/x-www-form-urlencoded` (URL Standard, section 5): `+` is a space.
///
/// ```
/// use secure_forms_core::path::decode_query_value;
/// assert_eq!(decode_query_value("a+b%2B").as_deref(), Ok("a b+"));
/// ```
///
/// # Errors
/// [`Undecodable`] for a bad triplet and for bytes that are not UTF-8.
pub fn decode_query_value(raw: &str) -> Result<Cow<'_, str>, Undecodable> {
    if !raw.contains(['%', '+']) {
        return Ok(Cow::Borrowed(raw));
    }
    decode(raw.as_bytes(), |byte| if byte == b'+' { b' ' } else { byte })
}

fn decode(raw: &[u8], plain: impl Fn(u8) -> u8) -> Result<Cow<'static, str>, Undecodable> {
    let mut out = Vec::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        if raw[at] == b'%' {
            out.push(triplet(raw, at).ok_or(Undecodable::BadTriplet)?);
            at += 3;
        } else {
            out.push(plain(raw[at]));
            at += 1;
        }
    }
    String::from_utf8(out).map(Cow::Owned).map_err(|_| Undecodable::NotUtf8)
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
        }
        assert_eq!(decode_query_value("%ff"), Err(Undecodable::NotUtf8));
    }
}
