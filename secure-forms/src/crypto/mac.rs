//! Message authentication: parts of a message and a tag enter, a verdict leaves. HMAC-SHA256 (RFC 2104, FIPS 180-4).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Bytes of a tag.
pub(crate) const TAG_BYTES: usize = 32;
/// Bytes of a key: one block of SHA-256, so that HMAC takes it as it is.
pub(crate) const KEY_BYTES: usize = 64;

/// A key with both of its first blocks already hashed: a tag clones that state, which halves the work for short messages.
/// Wiped when dropped.
#[derive(Clone)]
pub(crate) struct MacKey(Hmac<Sha256>);

impl MacKey {
    /// Hashes the key blocks once.
    pub(crate) fn prepare(key: &[u8; KEY_BYTES]) -> Self {
        Self(Hmac::new(key.into()))
    }

    /// The tag over `parts`. Each is preceded by its length, so that no two lists of parts are one message.
    pub(crate) fn tag(&self, parts: &[&[u8]]) -> [u8; TAG_BYTES] {
        self.message(parts).finalize().into_bytes().into()
    }

    /// Whether `tag` belongs to `parts`, compared in constant time.
    pub(crate) fn verifies(&self, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.message(parts).verify_slice(tag).is_ok()
    }

    fn message(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
pub(crate) fn equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> MacKey {
        MacKey::prepare(&[byte; KEY_BYTES])
    }

    #[test]
    fn a_tag_verifies_with_its_key_and_parts_only() {
        let tag = key(1).tag(&[b"name", b"value"]);
        assert!(key(1).verifies(&[b"name", b"value"], &tag));
        assert!(!key(2).verifies(&[b"name", b"value"], &tag));
        assert!(!key(1).verifies(&[b"name", b"valuE"], &tag));
    }

    #[test]
    fn moving_a_byte_between_parts_changes_the_tag() {
        assert_ne!(key(1).tag(&[b"ab", b"c"]), key(1).tag(&[b"a", b"bc"]));
        assert_ne!(key(1).tag(&[b"ab", b""]), key(1).tag(&[b"ab"]));
    }

    #[test]
    fn a_shorter_tag_is_no_tag() {
        let tag = key(1).tag(&[b"m"]);
        assert!(!key(1).verifies(&[b"m"], &tag[..31]));
        assert!(!key(1).verifies(&[b"m"], b""));
    }

    #[test]
    fn equality_is_equality() {
        assert!(equal(b"same", b"same"));
        assert!(!equal(b"same", b"samE"));
        assert!(!equal(b"same", b"sam"));
    }
}
