//! Keys, message authentication, randomness: secret text from the environment or a file enters, prepared keys, tags and
//! random text leave. RFC 5869 (HKDF), RFC 2104 (HMAC) with SHA-256, RFC 4648 section 5 (base64url).

mod key_error;
mod key_file;
mod key_text;
mod keys;
pub(crate) mod mac;
pub(crate) mod private_file;
pub(crate) mod random;

pub use key_error::KeyError;
pub(crate) use keys::KeyUse;
pub use keys::{KeyId, KeyRing};
pub use private_file::{FileProblem, PrivateFileError};
