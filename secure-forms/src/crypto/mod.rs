//! Keys, message authentication, randomness: secret text from the environment or a file enters, prepared keys, tags and
//! random text leave. RFC 5869 (HKDF), RFC 2104 (HMAC) with SHA-256, RFC 4648 section 5 (base64url).

#[cfg(feature = "web")]
mod key_error;
#[cfg(feature = "web")]
mod key_file;
#[cfg(feature = "web")]
mod key_text;
#[cfg(feature = "web")]
mod keys;
#[cfg(feature = "web")]
pub(crate) mod mac;
pub(crate) mod private_file;
#[cfg(feature = "web")]
pub(crate) mod random;

#[cfg(feature = "web")]
pub use key_error::KeyError;
#[cfg(feature = "web")]
pub(crate) use keys::KeyUse;
#[cfg(feature = "web")]
pub use keys::{KeyId, KeyRing};
pub use private_file::{FileProblem, PrivateFileError};
