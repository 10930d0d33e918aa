//! Layer 3: the token. Masked, because a page that is compressed beside text of an attacker's choice leaks what repeats (BREACH).
//!
//! base64url of `mask ‖ (mask ⊕ body)`, where the body is
//!
//! | field | bytes |
//! |---|---|
//! | version | 1 |
//! | key id | 4 |
//! | issued at, seconds since 1970 | 8, big endian |
//! | form tag: HMAC over the above and the form's name, cut | 16 |
//! | tag: HMAC over all of the above and the binding | 32 |

use std::error::Error;
use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::binding::Binding;
use crate::crypto::mac::{self, MacKey, TAG_BYTES};
use crate::crypto::{KeyId, KeyRing, KeyUse, random};
use crate::session::clock::{Timestamp, WrongAge};

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 13;
const FORM_TAG_BYTES: usize = 16;
const BODY_BYTES: usize = HEAD_BYTES + FORM_TAG_BYTES + TAG_BYTES;
/// 122 bytes in base64url without padding.
const TEXT_BYTES: usize = (2 * BODY_BYTES * 4).div_ceil(3);

/// Why a token was refused.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum CsrfError {
    /// There is none, or an empty one.
    Missing,
    /// It does not have the form of a token, or more than one was sent.
    Malformed,
    /// Signed with a key that the ring does not hold any more.
    UnknownKey,
    /// This application did not sign it.
    Forged,
    /// It was issued for another form.
    WrongForm,
    /// It was issued for another session, or before signing in or out.
    WrongSession,
    /// Issued more than a minute from now.
    Future,
    /// It is older than tokens live.
    Expired,
}

impl CsrfError {
    /// Whether an honest person may run into it by leaving a page open: the token was right once.
    pub(super) fn was_right_once(self) -> bool {
        matches!(self, Self::Expired | Self::WrongSession | Self::UnknownKey)
    }
}

impl fmt::Display for CsrfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "the CSRF token is missing",
            Self::Malformed => "the CSRF token is malformed",
            Self::UnknownKey => "the key of the CSRF token is gone",
            Self::Forged => "the CSRF token is forged",
            Self::WrongForm => "the CSRF token belongs to another form",
            Self::WrongSession => "the CSRF token belongs to another session",
            Self::Future => "the CSRF token is from the future",
            Self::Expired => "the CSRF token has expired",
        })
    }
}

impl Error for CsrfError {}

pub(super) fn issue(keys: &KeyRing, form: &str, binding: &Binding, now: Timestamp) -> String {
    let key = keys.signing(KeyUse::Csrf);
    let [a, b, c, d] = keys.signing_id().0;
    let [s, t, u, v, w, x, y, z] = now.unix().to_be_bytes();
    let head = [VERSION, a, b, c, d, s, t, u, v, w, x, y, z];
    let form_tag = form_tag(key, &head, form);
    let tag = key.tag(&tag_parts(&head, &form_tag, binding));
    mask(head.into_iter().chain(form_tag).chain(tag))
}

pub(super) fn verify(
    keys: &KeyRing,
    text: Option<&str>,
    form: &str,
    binding: &Binding,
    now: Timestamp,
    ttl: Duration,
) -> Result<(), CsrfError> {
    let text = text.filter(|text| !text.is_empty()).ok_or(CsrfError::Missing)?;
    let body = unmask(text).ok_or(CsrfError::Malformed)?;
    let (head, rest) = body.split_first_chunk::<HEAD_BYTES>().ok_or(CsrfError::Malformed)?;
    let (claimed_form_tag, tag) = rest.split_first_chunk::<FORM_TAG_BYTES>().ok_or(CsrfError::Malformed)?;
    let [VERSION, a, b, c, d, issued @ ..] = *head else { return Err(CsrfError::Malformed) };

    let key = keys.find(KeyId([a, b, c, d]), KeyUse::Csrf).ok_or(CsrfError::UnknownKey)?.key;
    let is_for_form = mac::equal(&form_tag(key, head, form), claimed_form_tag);
    if !key.verifies(&tag_parts(head, claimed_form_tag, binding), tag) {
        // The words differ, not the outcome: nothing is executed. A right form tag tells an ended session from nonsense.
        return Err(if is_for_form { CsrfError::WrongSession } else { CsrfError::Forged });
    }
    if !is_for_form {
        return Err(CsrfError::WrongForm);
    }
    match Timestamp::from_unix(u64::from_be_bytes(issued)).age_at(now, ttl) {
        Ok(_) => Ok(()),
        Err(WrongAge::Future) => Err(CsrfError::Future),
        Err(WrongAge::Expired) => Err(CsrfError::Expired),
    }
}

fn form_tag(key: &MacKey, head: &[u8; HEAD_BYTES], form: &str) -> [u8; FORM_TAG_BYTES] {
    let tag = key.tag(&[b"form", head, form.as_bytes()]);
    let mut cut = [0; FORM_TAG_BYTES];
    cut.copy_from_slice(&tag[..FORM_TAG_BYTES]);
    cut
}

fn tag_parts<'a>(head: &'a [u8; HEAD_BYTES], form_tag: &'a [u8], binding: &'a Binding) -> [&'a [u8]; 5] {
    let [kind, id] = binding.parts();
    [b"token", head, form_tag, kind, id]
}

fn mask(body: impl Iterator<Item = u8>) -> String {
    let mask = random::bytes::<BODY_BYTES>();
    let masked = mask.into_iter().zip(body).map(|(mask, byte)| mask ^ byte);
    URL_SAFE_NO_PAD.encode(mask.into_iter().chain(masked).collect::<Vec<u8>>())
}

fn unmask(text: &str) -> Option<[u8; BODY_BYTES]> {
    let mut bytes = [0; 2 * BODY_BYTES];
    if text.len() != TEXT_BYTES || URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(2 * BODY_BYTES) {
        return None;
    }
    let (mask, masked) = bytes.split_at(BODY_BYTES);
    let mut body = [0; BODY_BYTES];
    for ((byte, mask), masked) in body.iter_mut().zip(mask).zip(masked) {
        *byte = mask ^ masked;
    }
    Some(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::identity::{SessionId, VisitorId};

    const OLD: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
    const NEW: &str = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
    const TTL: Duration = Duration::from_secs(3600);
    const NOW: u64 = 1_700_000_000;

    struct Case {
        keys: KeyRing,
        session: Binding,
        token: String,
    }

    fn case() -> Case {
        let (keys, session) = (KeyRing::parse("app", OLD).unwrap(), Binding::session(&SessionId::generate()));
        let token = issue(&keys, "profile", &session, Timestamp::from_unix(NOW));
        Case { keys, session, token }
    }

    impl Case {
        fn verify(&self, token: &str, form: &str, binding: &Binding, now: u64) -> Result<(), CsrfError> {
            verify(&self.keys, Some(token), form, binding, Timestamp::from_unix(now), TTL)
        }

        fn good(&self, token: &str) -> Result<(), CsrfError> {
            self.verify(token, "profile", &self.session, NOW)
        }
    }

    #[test]
    fn a_token_passes_for_its_form_and_session() {
        let case = case();
        assert_eq!(case.good(&case.token), Ok(()));
        assert_eq!(case.token.len(), TEXT_BYTES);
    }

    #[test]
    fn a_token_of_another_form_session_or_kind_is_refused() {
        let case = case();
        let other = Binding::session(&SessionId::generate());
        assert_eq!(case.verify(&case.token, "password", &case.session, NOW), Err(CsrfError::WrongForm));
        assert_eq!(case.verify(&case.token, "profile", &other, NOW), Err(CsrfError::WrongSession));
        assert_eq!(case.verify(&case.token, "password", &other, NOW), Err(CsrfError::Forged));
    }

    #[test]
    fn a_visitor_with_the_same_identifier_is_not_the_session() {
        let keys = KeyRing::parse("app", OLD).unwrap();
        let text = SessionId::generate().expose_text();
        let [session, visitor, foreign] = [
            Binding::session(&SessionId::parse(&text).unwrap()),
            Binding::visitor(&VisitorId::parse(&text).unwrap()),
            Binding::foreign_session(&text).unwrap(),
        ];
        let now = Timestamp::from_unix(NOW);
        let token = issue(&keys, "f", &visitor, now);
        assert_eq!(verify(&keys, Some(&token), "f", &visitor, now, TTL), Ok(()));
        assert_eq!(verify(&keys, Some(&token), "f", &session, now, TTL), Err(CsrfError::WrongSession));
        assert_eq!(verify(&keys, Some(&token), "f", &foreign, now, TTL), Err(CsrfError::WrongSession));
    }

    #[test]
    fn a_token_ends_with_its_time() {
        let case = case();
        let at = |now| case.verify(&case.token, "profile", &case.session, now);
        assert_eq!(at(NOW + 3600), Ok(()));
        assert_eq!(at(NOW + 3601), Err(CsrfError::Expired));
        assert_eq!(at(NOW - 60), Ok(()));
        assert_eq!(at(NOW - 61), Err(CsrfError::Future));
    }

    #[test]
    fn missing_and_nonsense_are_told_apart() {
        let case = case();
        assert_eq!(
            verify(&case.keys, None, "profile", &case.session, Timestamp::from_unix(NOW), TTL),
            Err(CsrfError::Missing)
        );
        assert_eq!(case.good(""), Err(CsrfError::Missing));
        for text in
            ["x", "é", &case.token[1..], &format!("{}A", case.token), &"A".repeat(TEXT_BYTES), &"=".repeat(TEXT_BYTES)]
        {
            assert_eq!(case.good(text), Err(CsrfError::Malformed), "{text}");
        }
    }

    #[test]
    fn every_flipped_bit_is_refused() {
        let case = case();
        let bytes = URL_SAFE_NO_PAD.decode(&case.token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(case.good(&URL_SAFE_NO_PAD.encode(changed)).is_err(), "bit {bit}");
        }
        for at in 0..case.token.len() {
            let mut changed = case.token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert!(case.good(str::from_utf8(&changed).unwrap()).is_err(), "character {at}");
        }
    }

    #[test]
    fn two_tokens_of_one_second_share_no_part_and_both_pass() {
        let case = case();
        let other = issue(&case.keys, "profile", &case.session, Timestamp::from_unix(NOW));
        assert_eq!(case.good(&other), Ok(()));
        let parts = |token: &str| (0..token.len() - 8).map(|at| token[at..at + 8].to_owned()).collect::<Vec<_>>();
        assert!(parts(&other).iter().all(|part| !case.token.contains(part)));
    }

    #[test]
    fn both_keys_of_a_ring_verify_and_a_key_that_is_gone_does_not() {
        let case = case();
        let verify_with = |keys: &str| {
            let keys = KeyRing::parse("app", keys).unwrap();
            verify(&keys, Some(&case.token), "profile", &case.session, Timestamp::from_unix(NOW), TTL)
        };
        assert_eq!(verify_with(&format!("{NEW} {OLD}")), Ok(()));
        assert_eq!(verify_with(NEW), Err(CsrfError::UnknownKey));
    }
}
