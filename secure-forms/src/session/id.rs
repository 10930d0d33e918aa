//! 128 random bits: from the operating system they enter, as base64url text and as the hash that a store keeps they leave.

use std::error::Error;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::crypto::{mac, random};

/// 128 random bits. Compared in constant time, never shown.
#[derive(Clone, Copy, Eq)]
pub(super) struct Id([u8; 16]);

impl Id {
    pub(super) fn random() -> Self {
        // Not from the pool: a copy of this machine would give the same identifiers to other people.
        Self(random::unshared())
    }

    pub(super) fn parse(text: &str) -> Result<Self, IdError> {
        // 22 characters: `decode_slice` would otherwise take shorter text too.
        let mut id = [0; 16];
        match URL_SAFE_NO_PAD.decode_slice(text, &mut id) {
            Ok(16) => Ok(Self(id)),
            _ => Err(IdError),
        }
    }

    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn stored_hash(&self, domain: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(domain).chain_update(self.0).finalize())
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        mac::equal(&self.0, &other.0)
    }
}

/// Text that is no identifier: not 22 characters of base64url.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct IdError;

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an identifier of 128 bits in base64url")
    }
}

impl Error for IdError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_takes_nothing_from_the_pool() {
        let _ = random::bytes::<16>();
        let next = random::next_of_pool();
        let _ = Id::random();
        assert_eq!(random::next_of_pool(), next);
    }
}
