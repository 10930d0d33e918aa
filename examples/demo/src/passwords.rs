//! Passwords become Argon2id hashes and are compared with them: a secret enters, a hash or a yes or no leaves. OWASP Password
//! Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1); RFC 9106.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use secure_forms::Secret;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use zeroize::Zeroize;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How long a sign-in waits for a free core before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and verifies, on as many threads as there are cores and never more: each takes 19 MiB and some 20 ms of a core.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    memory: Memory,
    /// What an unknown name is compared with, so that it takes as long as a known one.
    dummy: Arc<OnceLock<String>>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { slots: Arc::new(Semaphore::new(cores)), memory: Memory::default(), dummy: Arc::default() }
    }
}

impl Passwords {
    /// The hash of a new password, in PHC form, with a random salt.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] if no core becomes free in time.
    pub async fn hash(&self, password: Secret) -> Result<String, PasswordError> {
        let memory = self.memory.clone();
        self.on_a_core(move || memory.hash(&password)).await?
    }

    /// Whether `password` is the one that `stored` was made of. `None`, for a name that nobody has, takes as long and is never right.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] if no core becomes free in time.
    pub async fn verify(&self, password: Secret, stored: Option<String>) -> Result<bool, PasswordError> {
        let this = self.clone();
        self.on_a_core(move || match stored {
            Some(stored) => this.memory.verify(&password, &stored),
            None => this.memory.verify(&password, this.dummy()?).map(|_| false),
        })
        .await?
    }

    /// Makes the dummy hash now, so that the first unknown name does not take twice as long as the others.
    ///
    /// # Errors
    /// [`PasswordError::Hash`] if there is no randomness.
    pub fn prepare(&self) -> Result<(), PasswordError> {
        self.dummy().map(|_| ())
    }

    fn dummy(&self) -> Result<&str, PasswordError> {
        if let Some(hash) = self.dummy.get() {
            return Ok(hash);
        }
        let hash = self.memory.hash(&Secret::from("nobody has this password".to_owned()))?;
        Ok(self.dummy.get_or_init(|| hash))
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let slot = timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned()).await;
        let Ok(Ok(slot)) = slot else { return Err(PasswordError::Busy) };
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            // Held until the work is done, also when the request is gone: a client that hangs up frees no core.
            drop(slot);
            result
        });
        done.await.map_err(|_| PasswordError::Hash)
    }
}

/// The memory in which hashes are computed, used again and again: an allocator that gets 19 MiB back from many threads keeps a good deal
/// of it (300 sign-ins left 1.1 GB). There is never more of it than there were hashes at once, which the slots bound.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Vec<Block>>>>);

impl Memory {
    fn hash(&self, password: &Secret) -> Result<String, PasswordError> {
        let mut salt = [0; Salt::RECOMMENDED_LENGTH];
        getrandom::fill(&mut salt).map_err(|_| PasswordError::Hash)?;
        let salt = Salt::new(&salt).map_err(|_| PasswordError::Hash)?;
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Hash)?;
        let output =
            self.compute(Algorithm::Argon2id, Version::V0x13, &params, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).map_err(|_| PasswordError::Hash)?,
            salt: Some(salt),
            hash: Some(output),
        };
        Ok(hash.to_string())
    }

    fn verify(&self, password: &Secret, stored: &str) -> Result<bool, PasswordError> {
        let stored = PasswordHash::new(stored).map_err(|_| PasswordError::Hash)?;
        let (Some(salt), Some(expected)) = (stored.salt, stored.hash) else { return Err(PasswordError::Hash) };
        let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|_| PasswordError::Hash)?;
        let version = stored.version.map(Version::try_from).transpose().map_err(|_| PasswordError::Hash)?;
        let params = Params::try_from(&stored).map_err(|_| PasswordError::Hash)?;
        let output = self.compute(algorithm, version.unwrap_or_default(), &params, password, &salt, expected.len())?;
        // `Output` compares in constant time.
        Ok(output == expected)
    }

    fn compute(
        &self,
        algorithm: Algorithm,
        version: Version,
        params: &Params,
        password: &Secret,
        salt: &[u8],
        length: usize,
    ) -> Result<Output, PasswordError> {
        let mut output = [0; Output::MAX_LENGTH];
        let output = output.get_mut(..length).ok_or(PasswordError::Hash)?;
        let mut blocks = self.take();
        blocks.resize(params.block_count(), Block::default());
        let argon2 = Argon2::new(algorithm, version, params.clone());
        let done = argon2.hash_password_into_with_memory(password.expose().as_bytes(), salt, output, &mut blocks);
        // What was computed from a password stays nowhere, also not until the next one.
        blocks.iter_mut().for_each(Zeroize::zeroize);
        self.keep(blocks);
        done.map_err(|_| PasswordError::Hash)?;
        Output::new(output).map_err(|_| PasswordError::Hash)
    }

    fn take(&self) -> Vec<Block> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    fn keep(&self, blocks: Vec<Block>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(blocks);
    }
}

/// How much there is, and none of it.
impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        write!(f, "Memory({kept} kept)")
    }
}

/// Why there is no answer about a password.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PasswordError {
    /// Every core hashes already, and others wait: 503.
    Busy,
    /// The stored hash cannot be read, or there is no randomness: 500.
    Hash,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Busy => "too many people sign in at once",
            Self::Hash => "a password cannot be hashed",
        })
    }
}

impl Error for PasswordError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::from(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_password_itself_verifies() {
        let passwords = Passwords::default();
        let stored = passwords.hash(secret("correct horse")).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert_eq!(passwords.verify(secret("correct horse"), Some(stored.clone())).await, Ok(true));
        assert_eq!(passwords.verify(secret("correct hors"), Some(stored)).await, Ok(false));
    }

    #[tokio::test]
    async fn nobody_s_password_is_never_right() {
        let passwords = Passwords::default();
        passwords.prepare().unwrap();
        assert_eq!(passwords.verify(secret("nobody has this password"), None).await, Ok(false));
    }

    #[test]
    fn memory_is_wiped_and_used_again() {
        let memory = Memory::default();
        let stored = memory.hash(&secret("correct horse")).unwrap();
        assert_eq!(memory.verify(&secret("correct horse"), &stored), Ok(true));
        let kept = memory.0.lock().unwrap();
        assert_eq!(kept.len(), 1, "one at a time needs one");
        assert_eq!(kept[0].len(), MEMORY_KIB as usize, "blocks of 1 KiB");
        assert!(kept[0].iter().all(|block| block.as_ref().iter().all(|word| *word == 0)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sign_in_that_finds_no_core_is_told_to_come_back() {
        let passwords = Passwords::default();
        let _all = passwords.slots.acquire_many(passwords.slots.available_permits() as u32).await.unwrap();
        assert_eq!(passwords.hash(secret("correct horse")).await, Err(PasswordError::Busy));
    }
}
