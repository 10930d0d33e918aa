//! What can be wrong with the secret keys of an application. It never tells a key.

use std::error::Error;
use std::fmt;

use super::private_file::PrivateFileError;

/// The fewest bytes of a key: as many as the hash puts out (RFC 2104, section 3).
pub(super) const MIN_KEY_BYTES: usize = 32;
/// The fewest different bytes of a key. Of 32 random bytes, fewer than 8 differ once in 2^120 times; of repeated words nearly always.
pub(super) const MIN_DIFFERENT_BYTES: usize = 8;

/// Why there is no key ring. Holds no part of any key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum KeyError {
    /// The name of the application is empty, longer than 64 characters, or not visible ASCII.
    AppName,
    /// The list names no key.
    Empty,
    /// The key at this place of the list (the first is 1) is not base64.
    NotBase64 {
        /// Its place in the list.
        position: usize,
    },
    /// The key at this place of the list (the first is 1) has fewer than 32 bytes.
    TooShort {
        /// Its place in the list.
        position: usize,
        /// How many bytes it has.
        bytes: usize,
    },
    /// The operating system gives no random bytes.
    NoRandomness,
    /// The key at this place of the list (the first is 1) repeats a few bytes: a password or a placeholder, not random bytes.
    Guessable {
        /// Its place in the list.
        position: usize,
    },
    /// The key file cannot be read or written, or is not this user's alone.
    File(PrivateFileError),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AppName => write!(f, "the application's name is 1 to 64 characters of visible ASCII, such as `shop`"),
            Self::Empty => {
                write!(f, "there is no secret key; write at least one, as base64 of 32 random bytes or more")
            }
            Self::NotBase64 { position } => write!(f, "secret key {position} is not base64"),
            Self::TooShort { position, bytes } => {
                write!(f, "secret key {position} has {bytes} bytes; at least {MIN_KEY_BYTES} are needed")
            }
            Self::NoRandomness => write!(f, "the operating system gives no random bytes"),
            Self::Guessable { position } => write!(
                f,
                "secret key {position} has fewer than {MIN_DIFFERENT_BYTES} different bytes, so it is not random; make one with \
                 `openssl rand -base64 32`"
            ),
            Self::File(error) => write!(f, "the key file {error}"),
        }
    }
}

impl Error for KeyError {}

impl From<PrivateFileError> for KeyError {
    fn from(error: PrivateFileError) -> Self {
        Self::File(error)
    }
}
