//! The signed format of a cookie's value: payload bytes enter, base64url text leaves, and back.
//!
//! | field | bytes |
//! |---|---|
//! | version | 1 |
//! | key id | 4 |
//! | issued at, seconds since 1970 | 8, big endian |
//! | purpose | 1 |
//! | length of the name, name | 2, big endian, then as many |
//! | length of the payload, payload | 2, big endian, then as many |
//! | HMAC-SHA256 over all of the above | 32 |

use std::error::Error;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::MAX_COOKIE_BYTES;
use crate::crypto::mac::TAG_BYTES;
use crate::crypto::{KeyId, KeyRing, KeyUse};
use crate::session::clock::{Timestamp, WrongAge};

const VERSION: u8 = 1;
/// A value that its owner can read. Other protections will have other numbers, so that none is taken for another.
const PURPOSE_SIGNED: u8 = 1;

/// What a signature was found to cover.
#[derive(Debug)]
pub(super) struct Unsealed {
    pub(super) payload: Vec<u8>,
    pub(super) issued: Timestamp,
    /// Signed with a key that does not sign any more.
    pub(super) by_older_key: bool,
}

/// Why a cookie's value was refused. Holds no part of it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CookieRefusal {
    /// Older than its age limit.
    Expired,
    /// Issued more than a minute from now.
    Future,
    /// Not base64url, not of this format, or its payload is not of the cookie's type.
    Malformed,
    /// The signature does not belong to the content.
    BadSignature,
    /// Signed with a key that the ring does not hold.
    UnknownKey,
    /// Signed for a cookie of another name.
    WrongName,
    /// Longer than browsers keep: 4096 bytes.
    TooLarge,
}

impl CookieRefusal {
    /// A stable word for logs and metrics.
    ///
    /// ```
    /// assert_eq!(secure_forms::cookie::CookieRefusal::BadSignature.code(), "bad_signature");
    /// ```
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Future => "future",
            Self::Malformed => "malformed",
            Self::BadSignature => "bad_signature",
            Self::UnknownKey => "unknown_key",
            Self::WrongName => "wrong_name",
            Self::TooLarge => "too_large",
        }
    }
}

impl fmt::Display for CookieRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cookie refused: {}", self.code())
    }
}

impl Error for CookieRefusal {}

impl From<WrongAge> for CookieRefusal {
    fn from(age: WrongAge) -> Self {
        match age {
            WrongAge::Future => Self::Future,
            WrongAge::Expired => Self::Expired,
        }
    }
}

/// Signs; none if name and value together would be longer than browsers keep.
pub(super) fn seal(keys: &KeyRing, name: &str, payload: &[u8], issued: Timestamp) -> Option<String> {
    let (name_length, payload_length) = (u16::try_from(name.len()).ok()?, u16::try_from(payload.len()).ok()?);
    let mut content = Vec::with_capacity(18 + name.len() + payload.len() + TAG_BYTES);
    content.push(VERSION);
    content.extend(keys.signing_id().0);
    content.extend(issued.unix().to_be_bytes());
    content.push(PURPOSE_SIGNED);
    content.extend(name_length.to_be_bytes());
    content.extend(name.as_bytes());
    content.extend(payload_length.to_be_bytes());
    content.extend(payload);
    let tag = keys.signing(KeyUse::Cookies).tag(&[&content]);
    content.extend(tag);
    let text = URL_SAFE_NO_PAD.encode(content);
    (name.len() + text.len() <= MAX_COOKIE_BYTES).then_some(text)
}

/// Verifies. Nothing behind the key id is looked at before the signature holds.
pub(super) fn unseal(keys: &KeyRing, name: &str, text: &str) -> Result<Unsealed, CookieRefusal> {
    if text.len() > MAX_COOKIE_BYTES {
        return Err(CookieRefusal::TooLarge);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| CookieRefusal::Malformed)?;
    let (content, tag) = bytes.split_last_chunk::<TAG_BYTES>().ok_or(CookieRefusal::Malformed)?;
    let [VERSION, a, b, c, d, rest @ ..] = content else { return Err(CookieRefusal::Malformed) };
    let found = keys.find(KeyId([*a, *b, *c, *d]), KeyUse::Cookies).ok_or(CookieRefusal::UnknownKey)?;
    if !found.key.verifies(&[content], tag) {
        return Err(CookieRefusal::BadSignature);
    }
    let (issued, signed_name, payload) = fields(rest).ok_or(CookieRefusal::Malformed)?;
    if signed_name != name.as_bytes() {
        return Err(CookieRefusal::WrongName);
    }
    Ok(Unsealed { payload: payload.to_vec(), issued, by_older_key: found.is_older })
}

fn fields(rest: &[u8]) -> Option<(Timestamp, &[u8], &[u8])> {
    let (issued, rest) = rest.split_first_chunk::<8>()?;
    let (&PURPOSE_SIGNED, rest) = rest.split_first()? else { return None };
    let (name, rest) = field(rest)?;
    let (payload, rest) = field(rest)?;
    rest.is_empty().then_some((Timestamp::from_unix(u64::from_be_bytes(*issued)), name, payload))
}

fn field(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = rest.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
    const NOW: Timestamp = Timestamp::from_unix(1_700_000_000);

    fn keys() -> KeyRing {
        KeyRing::parse("app", KEYS).unwrap()
    }

    fn refusal(text: &str) -> CookieRefusal {
        unseal(&keys(), "role", text).unwrap_err()
    }

    /// A value of any content with a good signature.
    fn signed(content: &[u8]) -> String {
        let tag = keys().signing(KeyUse::Cookies).tag(&[content]);
        URL_SAFE_NO_PAD.encode([content, &tag].concat())
    }

    #[test]
    fn what_was_sealed_is_unsealed() {
        let text = seal(&keys(), "role", b"admin", NOW).unwrap();
        let read = unseal(&keys(), "role", &text).unwrap();
        assert_eq!((read.payload.as_slice(), read.issued, read.by_older_key), (b"admin".as_slice(), NOW, false));
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let text = seal(&keys(), "role", b"admin", NOW).unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(&keys(), "role", &URL_SAFE_NO_PAD.encode(changed)).is_err(), "bit {bit}");
        }
        assert!(unseal(&keys(), "role", &text).is_ok());
    }

    #[test]
    fn every_changed_or_missing_character_is_refused() {
        let text = seal(&keys(), "role", b"admin", NOW).unwrap();
        for at in 0..text.len() {
            assert!(unseal(&keys(), "role", &text[..at]).is_err(), "cut at {at}");
            for bit in 0..7 {
                let mut changed = text.clone().into_bytes();
                changed[at] ^= 1 << bit;
                assert!(
                    unseal(&keys(), "role", str::from_utf8(&changed).unwrap()).is_err(),
                    "character {at} bit {bit}"
                );
            }
        }
    }

    #[test]
    fn a_value_of_one_cookie_is_not_one_of_another() {
        let text = seal(&keys(), "theme", b"admin", NOW).unwrap();
        assert_eq!(refusal(&text), CookieRefusal::WrongName);
        assert!(unseal(&keys(), "theme", &text).is_ok());
    }

    #[test]
    fn an_unknown_key_is_told_apart_from_a_bad_signature() {
        let other = KeyRing::generate().unwrap();
        assert_eq!(refusal(&seal(&other, "role", b"admin", NOW).unwrap()), CookieRefusal::UnknownKey);
        let mut bytes = URL_SAFE_NO_PAD.decode(seal(&keys(), "role", b"admin", NOW).unwrap()).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        assert_eq!(refusal(&URL_SAFE_NO_PAD.encode(bytes)), CookieRefusal::BadSignature);
    }

    #[test]
    fn nonsense_is_malformed_and_too_much_is_too_large() {
        for text in ["", "A", "!!!!", "AQ==", "AAAA", "Ünder"] {
            assert_eq!(refusal(text), CookieRefusal::Malformed, "{text}");
        }
        assert_eq!(refusal(&"A".repeat(4097)), CookieRefusal::TooLarge);
        assert_eq!(refusal(&"A".repeat(4096)), CookieRefusal::Malformed);
    }

    #[test]
    fn a_good_signature_over_another_layout_is_malformed() {
        let id = keys().signing_id().0;
        let head = [&[VERSION][..], &id, &NOW.unix().to_be_bytes()].concat();
        let with = |tail: &[u8]| refusal(&signed(&[&head, tail].concat()));
        assert_eq!(with(b"\x02\0\x04role\0\x01x"), CookieRefusal::Malformed, "another purpose");
        assert_eq!(with(b"\x01\0\x04role\0\x02x"), CookieRefusal::Malformed, "shorter than its length");
        assert_eq!(with(b"\x01\0\x04role\0\x01xy"), CookieRefusal::Malformed, "longer than its length");
        assert_eq!(with(b""), CookieRefusal::Malformed, "nothing behind the time");
        assert!(unseal(&keys(), "role", &signed(&[&head, &b"\x01\0\x04role\0\x01x"[..]].concat())).is_ok());
    }

    #[test]
    fn name_and_value_together_fit_into_what_browsers_keep() {
        let longest = (0..).take_while(|bytes| seal(&keys(), "role", &vec![0; *bytes], NOW).is_some()).last().unwrap();
        let text = seal(&keys(), "role", &vec![0; longest], NOW).unwrap();
        assert!((4093..=4096).contains(&(text.len() + "role".len())));
        assert!(seal(&keys(), "role", &vec![0; 70_000], NOW).is_none());
    }
}
