//! The keys of an application: base64 text enters, one prepared subkey for each use leaves. RFC 5869 (HKDF) with SHA-256.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_error::{KeyError, MIN_KEY_BYTES};
use super::key_file;
use super::mac::{KEY_BYTES, MacKey};

/// Ties every derived key to this library and to this version of its formats.
const SALT: &[u8] = b"secure-forms/1";

/// What a subkey is for. Each has its own HKDF label, so that a tag made for one use is worthless in another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum KeyUse {
    /// Signed cookies.
    Cookies,
    /// CSRF tokens.
    Csrf,
}

/// The secret keys of an application: the first signs, all verify.
///
/// Made from the text of `SECRET_KEYS`: base64 (either alphabet, padding optional), at least 32 bytes each, separated by commas or
/// white space. To rotate, put a new key first and keep the old one until what it signed has expired. Cloning is cheap.
///
/// ```
/// use secure_forms::KeyRing;
///
/// let keys = KeyRing::parse("bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=, b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=")?;
/// assert_eq!(keys.len(), 2);
/// assert!(KeyRing::parse("c2hvcnQ=").is_err());
/// # Ok::<(), secure_forms::KeyError>(())
/// ```
///
/// # Security
/// The text itself is not kept: each key is stretched into one subkey per use (HKDF-SHA256), wiped when the ring is dropped. `Debug`
/// shows identifiers only. Everyone who holds a key can sign cookies and tokens for every instance that verifies with it.
#[derive(Clone)]
pub struct KeyRing {
    keys: Arc<Keys>,
}

struct Keys {
    signing: Subkeys,
    older: Vec<Subkeys>,
}

struct Subkeys {
    id: KeyId,
    cookies: MacKey,
    csrf: MacKey,
}

/// Names a key without telling it: four bytes derived from the key, written as eight hexadecimal digits.
///
/// ```
/// # let keys = secure_forms::KeyRing::generate()?;
/// assert_eq!(keys.signing_id().to_string().len(), 8);
/// # Ok::<(), secure_forms::KeyError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct KeyId(pub(crate) [u8; 4]);

/// A subkey that was looked up by its identifier.
pub(crate) struct Found<'k> {
    pub(crate) key: &'k MacKey,
    /// Another key signs now: what this one signed should be signed again.
    pub(crate) is_older: bool,
}

impl KeyRing {
    /// Reads the text of `SECRET_KEYS`.
    ///
    /// # Errors
    /// [`KeyError`] says which key of the list is wrong and why, never its text.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
        let mut keys = Vec::new();
        for (index, word) in words.enumerate() {
            let key = Subkeys::derive(&decode(word, index + 1)?)?;
            // A key that is listed twice is one key.
            if !keys.iter().any(|other: &Subkeys| other.id == key.id) {
                keys.push(key);
            }
        }
        let mut keys = keys.into_iter();
        let signing = keys.next().ok_or(KeyError::Empty)?;
        Ok(Self { keys: Arc::new(Keys { signing, older: keys.collect() }) })
    }

    /// Makes one new key that ends with the process: for tests, and for a program whose visitors may be signed out at every start.
    ///
    /// # Errors
    /// [`KeyError::NoRandomness`] if the operating system gives no random bytes.
    pub fn generate() -> Result<Self, KeyError> {
        Self::parse(&fresh_key_text()?)
    }

    /// Reads the key file at `path`, or makes one with a new key, readable by its owner alone (mode 0600).
    ///
    /// For a program on a single machine that was not given `SECRET_KEYS`. Keep the file out of version control.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("secure-forms-doc-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("secret.keys");
    /// let first = secure_forms::KeyRing::load_or_create(&path)?;
    /// let again = secure_forms::KeyRing::load_or_create(&path)?;
    /// assert_eq!(first.signing_id(), again.signing_id());
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`KeyError::File`] if it cannot be read or written; [`KeyError::Exposed`] if others may read or change it.
    ///
    /// # Security
    /// The mode is checked on Unix only; elsewhere the folder's rights protect the file.
    pub fn load_or_create(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::parse(&key_file::read_or_create(path.as_ref(), fresh_key_text)?)
    }

    /// How many different keys the ring holds; never zero.
    #[expect(clippy::len_without_is_empty, reason = "a ring without a key cannot be made")]
    pub fn len(&self) -> usize {
        1 + self.keys.older.len()
    }

    /// The name of the key that signs.
    pub fn signing_id(&self) -> KeyId {
        self.keys.signing.id
    }

    pub(crate) fn signing(&self, purpose: KeyUse) -> &MacKey {
        self.keys.signing.subkey(purpose)
    }

    pub(crate) fn find(&self, id: KeyId, purpose: KeyUse) -> Option<Found<'_>> {
        let Keys { signing, older } = &*self.keys;
        if signing.id == id {
            return Some(Found { key: signing.subkey(purpose), is_older: false });
        }
        let key = older.iter().find(|key| key.id == id)?.subkey(purpose);
        Some(Found { key, is_older: true })
    }
}

impl Subkeys {
    fn derive(master: &[u8]) -> Result<Self, KeyError> {
        let hkdf = Hkdf::<Sha256>::new(Some(SALT), master);
        let mut id = [0; 4];
        hkdf.expand(b"key id", &mut id).map_err(|_| KeyError::Empty)?;
        Ok(Self { id: KeyId(id), cookies: expand(&hkdf, b"cookies")?, csrf: expand(&hkdf, b"csrf")? })
    }

    fn subkey(&self, purpose: KeyUse) -> &MacKey {
        match purpose {
            KeyUse::Cookies => &self.cookies,
            KeyUse::Csrf => &self.csrf,
        }
    }
}

fn expand(hkdf: &Hkdf<Sha256>, label: &[u8]) -> Result<MacKey, KeyError> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    hkdf.expand(label, &mut *key).map_err(|_| KeyError::Empty)?;
    Ok(MacKey::prepare(&key))
}

fn decode(word: &str, position: usize) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let engine = if word.contains(['-', '_']) { &URL_SAFE_PAD_INDIFFERENT } else { &STANDARD_PAD_INDIFFERENT };
    let key = Zeroizing::new(engine.decode(word).map_err(|_| KeyError::NotBase64 { position })?);
    match key.len() {
        bytes if bytes < MIN_KEY_BYTES => Err(KeyError::TooShort { position, bytes }),
        _ => Ok(key),
    }
}

/// A new key as a line of text, from the operating system itself: keys do not come from the pool.
fn fresh_key_text() -> Result<Zeroizing<String>, KeyError> {
    let mut key = Zeroizing::new([0; MIN_KEY_BYTES]);
    getrandom::fill(&mut *key).map_err(|_| KeyError::NoRandomness)?;
    Ok(Zeroizing::new(STANDARD.encode(*key)))
}

impl FromStr for KeyRing {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        Self::parse(text)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let older = self.keys.older.iter().map(|key| key.id).collect::<Vec<_>>();
        f.debug_struct("KeyRing").field("signing", &self.signing_id()).field("older", &older).finish_non_exhaustive()
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "b2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2xkb2w=";
    const NEW: &str = "bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmV3bmU=";

    #[test]
    fn the_first_key_signs_and_all_are_found() -> Result<(), KeyError> {
        let (old, ring) = (KeyRing::parse(OLD)?, KeyRing::parse(&format!("{NEW},\n{OLD}"))?);
        assert_ne!(ring.signing_id(), old.signing_id());
        assert!(ring.find(old.signing_id(), KeyUse::Csrf).is_some_and(|found| found.is_older));
        assert!(ring.find(ring.signing_id(), KeyUse::Csrf).is_some_and(|found| !found.is_older));
        assert!(old.find(ring.signing_id(), KeyUse::Csrf).is_none());
        Ok(())
    }

    #[test]
    fn a_subkey_of_one_use_is_not_that_of_another() -> Result<(), KeyError> {
        let ring = KeyRing::parse(OLD)?;
        assert_ne!(ring.signing(KeyUse::Cookies).tag(&[b"m"]), ring.signing(KeyUse::Csrf).tag(&[b"m"]));
        Ok(())
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        assert_eq!(KeyRing::parse(" ,\n").unwrap_err(), KeyError::Empty);
        assert_eq!(KeyRing::parse(&format!("{OLD} ***")).unwrap_err(), KeyError::NotBase64 { position: 2 });
        assert_eq!(KeyRing::parse("c2hvcnQ=").unwrap_err(), KeyError::TooShort { position: 1, bytes: 5 });
    }

    #[test]
    fn both_alphabets_and_missing_padding_are_read() -> Result<(), KeyError> {
        let id = |text: &str| KeyRing::parse(text).map(|ring| ring.signing_id());
        let standard = format!("{}/+8=", "b2xk".repeat(11));
        assert_eq!(id(&standard)?, id(&standard.replace('/', "_").replace('+', "-").replace('=', ""))?);
        Ok(())
    }

    #[test]
    fn a_key_listed_twice_is_one_key() -> Result<(), KeyError> {
        assert_eq!(KeyRing::parse(&format!("{OLD},{OLD}"))?.len(), 1);
        Ok(())
    }

    #[test]
    fn two_generated_rings_differ() -> Result<(), KeyError> {
        assert_ne!(KeyRing::generate()?.signing_id(), KeyRing::generate()?.signing_id());
        Ok(())
    }
}
