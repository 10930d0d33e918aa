//! What can be wrong with the secret keys of an application. It never tells a key.

use std::error::Error;
use std::fmt;

/// The fewest bytes of a key: as many as the hash puts out (RFC 2104, section 3).
pub(super) const MIN_KEY_BYTES: usize = 32;

/// Why there is no key ring. Holds no part of any key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
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
    /// The key file cannot be read or written.
    File(std::io::ErrorKind),
    /// Others than the owner may read or change the key file.
    Exposed {
        /// Its permission bits.
        mode: u32,
    },
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::AppName => write!(f, "the application's name is 1 to 64 characters of visible ASCII, such as `shop`"),
            Self::Empty => {
                write!(f, "there is no secret key; write at least one, as base64 of 32 random bytes or more")
            }
            Self::NotBase64 { position } => write!(f, "secret key {position} is not base64"),
            Self::TooShort { position, bytes } => {
                write!(f, "secret key {position} has {bytes} bytes; at least {MIN_KEY_BYTES} are needed")
            }
            Self::NoRandomness => write!(f, "the operating system gives no random bytes"),
            Self::File(kind) => write!(f, "the key file cannot be used: {kind}"),
            Self::Exposed { mode } => {
                write!(f, "the key file has mode {mode:04o}, so others can use it; make a new one with mode 0600")
            }
        }
    }
}

impl Error for KeyError {}
