//! The keys of an application: base64 text enters, one prepared subkey for each use leaves. RFC 5869 (HKDF) with SHA-256.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::key_error::KeyError;
use super::key_file;
use super::key_text;
use super::mac::{KEY_BYTES, MacKey};

/// Ties every derived key to this library and to this version of its formats.
const SALT: &[u8] = b"secure-forms/1";
/// Longer than names are.
const MAX_APP_BYTES: usize = 64;

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
/// Made from the name of the application and the text of `SECRET_KEYS`: base64 (either alphabet, padding optional), at least 32 bytes
/// each, separated by commas or white space. To rotate, put a new key first and keep the old one until what it signed has expired.
/// Cloning is cheap.
///
/// ```
/// use secure_forms::cookie::{CookieName, SignedCookies};
/// use secure_forms::KeyRing;
///
/// const THEME: CookieName<String> = CookieName::new("__Host-theme");
/// let text = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=, b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
/// let [shop, forum] = [KeyRing::parse("shop", text)?, KeyRing::parse("forum", text)?];
/// assert_eq!(shop.len(), 2);
///
/// // The same keys, but another application: its cookies are worth nothing here.
/// let cookie = SignedCookies::new(forum).seal(&THEME, &"dark".to_owned())?;
/// assert!(SignedCookies::new(shop).open(&THEME, &cookie).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// The text itself is not kept: each key is stretched into one subkey per use (HKDF-SHA256), wiped when the ring is dropped. The name is
/// part of each subkey's label, so it is under every signature: applications, or a test and a live site, that share keys share no
/// cookies and no tokens (OWASP ASVS 5.0, 9.2.3 and 9.2.4). All instances of one application use one name; another name signs everybody
/// out. `Debug` shows identifiers only. Everyone who holds a key can sign for every application that verifies with it.
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
/// # Ok::<(), secure_forms::keys::KeyError>(())
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
    /// Reads the text of `SECRET_KEYS` for the application of this name: 1 to 64 characters of visible ASCII, such as `shop`.
    ///
    /// # Errors
    /// [`KeyError`] says which key of the list is wrong and why, never its text.
    pub fn parse(app: &str, text: &str) -> Result<Self, KeyError> {
        if !(1..=MAX_APP_BYTES).contains(&app.len()) || !app.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError::AppName);
        }
        let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter(|word| !word.is_empty());
        let mut keys = Vec::new();
        for (index, word) in words.enumerate() {
            let key = Subkeys::derive(app, &key_text::decode(word, index + 1)?)?;
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
        // Nobody else has the key, so any name will do.
        Self::parse("process", &key_text::fresh()?)
    }

    /// Reads the key file at `path`, or makes one with a new key, readable by its owner alone (mode 0600), for the application of this
    /// name.
    ///
    /// For a program on a single machine that was not given `SECRET_KEYS`. Keep the file out of version control.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("secure-forms-doc-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// let path = folder.join("secret.keys");
    /// let first = secure_forms::KeyRing::load_or_create("shop", &path)?;
    /// let again = secure_forms::KeyRing::load_or_create("shop", &path)?;
    /// assert_eq!(first.signing_id(), again.signing_id());
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`KeyError::File`], with path and remedy, if the file cannot be read or written, is a link or no file, belongs to another user,
    /// can be read or changed by others, or lies in a folder where everybody can replace it.
    ///
    /// # Security
    /// Whose the file is and who may read it is checked on Unix only; elsewhere the folder's rights protect it. Folders further up are not
    /// looked at.
    pub fn load_or_create(app: &str, path: impl AsRef<Path>) -> Result<Self, KeyError> {
        Self::parse(app, &key_file::read_or_create(path.as_ref(), key_text::fresh)?)
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
    fn derive(app: &str, master: &[u8]) -> Result<Self, KeyError> {
        let hkdf = Hkdf::<Sha256>::new(Some(SALT), master);
        // Names the key, whoever uses it: that two applications share one can be seen in their logs.
        let mut id = [0; 4];
        hkdf.expand(b"key id", &mut id).map_err(|_| KeyError::Empty)?;
        Ok(Self { id: KeyId(id), cookies: expand(&hkdf, b"cookies", app)?, csrf: expand(&hkdf, b"csrf", app)? })
    }

    fn subkey(&self, purpose: KeyUse) -> &MacKey {
        match purpose {
            KeyUse::Cookies => &self.cookies,
            KeyUse::Csrf => &self.csrf,
        }
    }
}

/// No label and no name holds a NUL, so no two pairs of them are one text.
fn expand(hkdf: &Hkdf<Sha256>, label: &[u8], app: &str) -> Result<MacKey, KeyError> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    hkdf.expand_multi_info(&[label, b"\0", app.as_bytes()], &mut *key).map_err(|_| KeyError::Empty)?;
    Ok(MacKey::prepare(&key))
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
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const APP: &str = "shop";
    const OLD: &str = "b2xkIGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";
    const NEW: &str = "bmV3IGtleTogMzIgcmFuZG9tIGJ5dGVzIGdvIGhlcmU=";

    #[test]
    fn applications_that_share_a_key_share_no_subkey() -> Result<(), KeyError> {
        for purpose in [KeyUse::Cookies, KeyUse::Csrf] {
            let tag = |app: &str| KeyRing::parse(app, OLD).map(|ring| ring.signing(purpose).tag(&[b"m"]));
            assert_eq!(tag("shop")?, tag("shop")?);
            for other in ["shop-staging", "Shop", "forum", "s", "cookies", "csrf"] {
                assert_ne!(tag("shop")?, tag(other)?, "{other}");
            }
        }
        Ok(())
    }

    #[test]
    fn an_application_has_a_name() {
        for name in ["", " ", "a b", "caf\u{e9}", "a\0b", &"a".repeat(65)] {
            assert_eq!(KeyRing::parse(name, OLD).unwrap_err(), KeyError::AppName, "{name}");
        }
        assert!(KeyRing::parse(&"a".repeat(64), OLD).is_ok());
    }

    #[test]
    fn the_first_key_signs_and_all_are_found() -> Result<(), KeyError> {
        let (old, ring) = (KeyRing::parse(APP, OLD)?, KeyRing::parse(APP, &format!("{NEW},\n{OLD}"))?);
        assert_ne!(ring.signing_id(), old.signing_id());
        assert!(ring.find(old.signing_id(), KeyUse::Csrf).is_some_and(|found| found.is_older));
        assert!(ring.find(ring.signing_id(), KeyUse::Csrf).is_some_and(|found| !found.is_older));
        assert!(old.find(ring.signing_id(), KeyUse::Csrf).is_none());
        Ok(())
    }

    #[test]
    fn a_subkey_of_one_use_is_not_that_of_another() -> Result<(), KeyError> {
        let ring = KeyRing::parse(APP, OLD)?;
        assert_ne!(ring.signing(KeyUse::Cookies).tag(&[b"m"]), ring.signing(KeyUse::Csrf).tag(&[b"m"]));
        Ok(())
    }

    #[test]
    fn a_mistake_is_told_with_its_place() {
        assert_eq!(KeyRing::parse(APP, " ,\n").unwrap_err(), KeyError::Empty);
        assert_eq!(KeyRing::parse(APP, &format!("{OLD} ***")).unwrap_err(), KeyError::NotBase64 { position: 2 });
        assert_eq!(KeyRing::parse(APP, "c2hvcnQ=").unwrap_err(), KeyError::TooShort { position: 1, bytes: 5 });
    }

    #[test]
    fn a_key_of_few_different_bytes_is_no_key() {
        for guessable in [&[0; 32][..], b"passwordpasswordpasswordpassword", b"01234560123456012345601234560123"] {
            let text = format!("{OLD},{}", STANDARD.encode(guessable));
            assert_eq!(KeyRing::parse(APP, &text).unwrap_err(), KeyError::Guessable { position: 2 });
        }
        assert!(KeyRing::parse(APP, &STANDARD.encode(b"01234567012345670123456701234567")).is_ok());
    }

    #[test]
    fn both_alphabets_and_missing_padding_are_read() -> Result<(), KeyError> {
        let id = |text: &str| KeyRing::parse(APP, text).map(|ring| ring.signing_id());
        let standard = format!("{}/+8=", "b2xkIGtleTog".repeat(4));
        assert_eq!(id(&standard)?, id(&standard.replace('/', "_").replace('+', "-").replace('=', ""))?);
        Ok(())
    }

    #[test]
    fn a_key_listed_twice_is_one_key() -> Result<(), KeyError> {
        assert_eq!(KeyRing::parse(APP, &format!("{OLD},{OLD}"))?.len(), 1);
        Ok(())
    }

    #[test]
    fn two_generated_rings_differ() -> Result<(), KeyError> {
        assert_ne!(KeyRing::generate()?.signing_id(), KeyRing::generate()?.signing_id());
        Ok(())
    }
}
