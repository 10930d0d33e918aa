//! File names that are not written as they are: `UTF-8''%C3%A9.png` (RFC 8187, 3.2) and `=?utf-8?B?w6kucG5n?=` (RFC 2047, 2).
//! RFC 7578, 4.2 asks for neither; .NET sends both for every name beyond ASCII.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secure_forms_core::percent::decode_bytes;

/// `charset'language'percent-encoded`; `None` if it is not written so.
pub(super) fn extended(value: &[u8]) -> Option<String> {
    let mut sections = value.splitn(3, |byte| *byte == b'\'');
    let (charset, _language, text) = (sections.next()?, sections.next()?, sections.next()?);
    text_of(charset, &decode_bytes(text, b'%').ok()?)
}

/// A sequence of encoded words, joined as RFC 2047, 6.2 asks; `None` if any of it is something else.
pub(super) fn words(value: &[u8]) -> Option<String> {
    let mut words = value.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).peekable();
    words.peek()?;
    words.map(word).collect()
}

/// `=?charset?B?base64?=` or `=?charset?Q?quoted=20printable?=`.
fn word(word: &[u8]) -> Option<String> {
    let inner = word.strip_prefix(b"=?")?.strip_suffix(b"?=")?;
    let mut sections = inner.splitn(3, |byte| *byte == b'?');
    let (charset, encoding, text) = (sections.next()?, sections.next()?, sections.next()?);
    let bytes = match encoding {
        b"B" | b"b" => STANDARD.decode(text).ok()?,
        b"Q" | b"q" => {
            let spaced: Vec<_> = text.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect();
            decode_bytes(&spaced, b'=').ok()?
        }
        _ => return None,
    };
    // RFC 2231, 5: a language may follow the charset.
    text_of(charset.split(|byte| *byte == b'*').next()?, &bytes)
}

/// Bytes as text; what is not of the charset is replaced: a name is approximate (RFC 7578, 4.2).
fn text_of(charset: &[u8], bytes: &[u8]) -> Option<String> {
    let is = |name: &str| charset.eq_ignore_ascii_case(name.as_bytes());
    if is("utf-8") || is("us-ascii") {
        return Some(String::from_utf8_lossy(bytes).into_owned());
    }
    // Latin-1 is the first 256 characters of Unicode.
    is("iso-8859-1").then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extended_values_are_decoded() {
        assert_eq!(extended(b"UTF-8''%e2%82%ac%20rates").as_deref(), Some("€ rates"));
        assert_eq!(extended(b"iso-8859-1'en'%A3%20rates").as_deref(), Some("£ rates"));
        assert_eq!(extended(b"utf-8''%FF.png").as_deref(), Some("\u{fffd}.png"));
        for no in [&b"a.png"[..], b"utf-8'a.png", b"utf-8''%4", b"koi8-r''a"] {
            assert_eq!(extended(no), None);
        }
    }

    #[test]
    fn encoded_words_are_decoded_and_joined() {
        assert_eq!(words(b"=?utf-8?B?w6k=?= =?UTF-8*en?q?_=C3=A9.png?=").as_deref(), Some("\u{e9} \u{e9}.png"));
        for no in [&b"a.png"[..], b"", b"=?utf-8?B?w6k=?= a.png", b"=?utf-8?X?a?=", b"=?utf-8?B?*?="] {
            assert_eq!(words(no), None);
        }
    }
}
