//! Passwords become Argon2id hashes and are compared with them: a secret enters, a hash or a yes or no leaves. OWASP Password
//! Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1); RFC 9106.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use secure_forms::Secret;
use tokio::sync::Semaphore;
use tokio::time::timeout;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How long a sign-in waits for a free core before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes and verifies, on as many threads as there are cores and never more: each takes 19 MiB and some 20 ms of a core.
#[derive(Clone, Debug)]
pub struct Passwords {
    slots: Arc<Semaphore>,
    /// What an unknown name is compared with, so that it takes as long as a known one.
    dummy: Arc<OnceLock<String>>,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { slots: Arc::new(Semaphore::new(cores)), dummy: Arc::default() }
    }
}

impl Passwords {
    /// The hash of a new password, in PHC form, with a random salt.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] if no core becomes free in time.
    pub async fn hash(&self, password: Secret) -> Result<String, PasswordError> {
        self.on_a_core(move |_| hash(&password)).await?
    }

    /// Whether `password` is the one that `stored` was made of. `None`, for a name that nobody has, takes as long and is never right.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] if no core becomes free in time.
    pub async fn verify(&self, password: Secret, stored: Option<String>) -> Result<bool, PasswordError> {
        self.on_a_core(move |dummy| match stored {
            Some(stored) => Ok(verify(&password, &stored)?),
            None => {
                let dummy = match dummy.get() {
                    Some(hash) => hash.clone(),
                    None => hash(&Secret::from("nobody has this password".to_owned()))?,
                };
                verify(&password, &dummy).map(|_| false)
            }
        })
        .await?
    }

    /// Makes the dummy hash now, so that the first unknown name does not take twice as long as the others.
    ///
    /// # Errors
    /// [`PasswordError::Hash`] if there is no randomness.
    pub fn prepare(&self) -> Result<(), PasswordError> {
        if self.dummy.get().is_none() {
            let _ = self.dummy.set(hash(&Secret::from("nobody has this password".to_owned()))?);
        }
        Ok(())
    }

    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce(&OnceLock<String>) -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let slot = timeout(PATIENCE, Arc::clone(&self.slots).acquire_owned()).await;
        let Ok(Ok(slot)) = slot else { return Err(PasswordError::Busy) };
        let dummy = Arc::clone(&self.dummy);
        let done = tokio::task::spawn_blocking(move || {
            let result = work(&dummy);
            // Held until the work is done, also when the request is gone: a client that hangs up frees no core.
            drop(slot);
            result
        });
        done.await.map_err(|_| PasswordError::Hash)
    }
}

fn argon2() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Hash)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &Secret) -> Result<String, PasswordError> {
    let hash = argon2()?.hash_password(password.expose().as_bytes()).map_err(|_| PasswordError::Hash)?;
    Ok(hash.to_string())
}

fn verify(password: &Secret, stored: &str) -> Result<bool, PasswordError> {
    use argon2::password_hash::Error;
    match argon2()?.verify_password(password.expose().as_bytes(), stored) {
        Ok(()) => Ok(true),
        Err(Error::PasswordInvalid) => Ok(false),
        Err(_) => Err(PasswordError::Hash),
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

    #[tokio::test(start_paused = true)]
    async fn a_sign_in_that_finds_no_core_is_told_to_come_back() {
        let passwords = Passwords::default();
        let _all = passwords.slots.acquire_many(passwords.slots.available_permits() as u32).await.unwrap();
        assert_eq!(passwords.hash(secret("correct horse")).await, Err(PasswordError::Busy));
    }
}
