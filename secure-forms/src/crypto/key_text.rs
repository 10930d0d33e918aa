//! A key as text: base64 in either alphabet enters, bytes that may be random leave; and a new key as text.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT};
use zeroize::Zeroizing;

use super::key_error::{KeyError, MIN_DIFFERENT_BYTES, MIN_KEY_BYTES};

/// The bytes of a key, if they can be those of one.
pub(super) fn decode(word: &str, position: usize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let engine = if word.contains(['-', '_']) { &URL_SAFE_PAD_INDIFFERENT } else { &STANDARD_PAD_INDIFFERENT };
    let key = Zeroizing::new(engine.decode(word).map_err(|_| KeyError::NotBase64 { position })?);
    match key.len() {
        bytes if bytes < MIN_KEY_BYTES => Err(KeyError::TooShort { position, bytes }),
        _ if different_bytes(&key) < MIN_DIFFERENT_BYTES => Err(KeyError::Guessable { position }),
        _ => Ok(key),
    }
}

fn different_bytes(key: &[u8]) -> usize {
    (0..=u8::MAX).filter(|byte| key.contains(byte)).count()
}

/// A new key as a line of text, from the operating system itself: keys do not come from the pool.
pub(super) fn fresh() -> Result<Zeroizing<String>, KeyError> {
    let mut key = Zeroizing::new([0; MIN_KEY_BYTES]);
    getrandom::fill(&mut *key).map_err(|_| KeyError::NoRandomness)?;
    Ok(Zeroizing::new(STANDARD.encode(*key)))
}
