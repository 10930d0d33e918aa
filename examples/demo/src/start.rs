//! Why the demo does not start: each sentence names the path, the address or the variable, and says what to do.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use secure_forms::headers::InvalidEndpoint;
use secure_forms::keys::KeyError;
use secure_forms::query;

use crate::config::ConfigError;
use crate::passwords::PasswordError;
use crate::server::TlsError;

/// Why the demo does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// A variable of the environment.
    Config(ConfigError),
    /// The address cannot be listened on.
    Listen {
        /// Which one.
        address: SocketAddr,
        /// The variable that names its port.
        variable: &'static str,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// The database file cannot be used.
    Database {
        /// Where it is.
        path: PathBuf,
        /// What the driver says.
        error: query::Error,
    },
    /// The key file cannot be used.
    Keys {
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: KeyError,
    },
    /// The certificate or its key cannot be used.
    Tls(TlsError),
    /// Others reach the demo, and its database has an example with the published password.
    PublicExample {
        /// Whose password it is.
        username: &'static str,
        /// The database.
        path: PathBuf,
    },
    /// The open database failed.
    Store(query::Error),
    /// A password cannot be hashed.
    Password(PasswordError),
    /// The address for browsers' reports is none.
    Reports(InvalidEndpoint),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Listen { address, variable, kind } => {
                write!(
                    f,
                    "cannot listen on {address}: {kind}; choose another port with {variable}, another address with BIND"
                )
            }
            Self::Database { path, error } => write!(
                f,
                "the database {} cannot be used: {error}; check that its folder exists and can be written, or name another file in \
                 DATABASE_URL",
                path.display()
            ),
            Self::Keys { path, error } => write!(
                f,
                "the keys in {} cannot be used: {error}; make its mode 0600, delete it (everybody is then signed out), or set SECRET_KEYS",
                path.display()
            ),
            Self::Tls(error) => write!(f, "TLS: {error}"),
            Self::PublicExample { username, path } => write!(
                f,
                "others than this machine can reach the demo, and {} has the example {username}, whose password is published: begin with \
                 another file in DATABASE_URL",
                path.display()
            ),
            Self::Store(error) => write!(f, "the database: {error}"),
            Self::Password(error) => write!(f, "{error}"),
            Self::Reports(error) => write!(f, "{error}"),
        }
    }
}

impl Error for StartError {}

impl From<ConfigError> for StartError {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<TlsError> for StartError {
    fn from(error: TlsError) -> Self {
        Self::Tls(error)
    }
}

impl From<query::Error> for StartError {
    fn from(error: query::Error) -> Self {
        Self::Store(error)
    }
}

impl From<PasswordError> for StartError {
    fn from(error: PasswordError) -> Self {
        Self::Password(error)
    }
}

impl From<InvalidEndpoint> for StartError {
    fn from(error: InvalidEndpoint) -> Self {
        Self::Reports(error)
    }
}
