//! What is wrong with the environment, and what to write instead. Texts of variables are never repeated: a secret may stand in the wrong one.

use std::error::Error;
use std::fmt;

use secure_forms::client_ip::NetworkError;
use secure_forms::keys::KeyError;
use secure_forms::redirect::OriginError;

/// Why the demo does not start.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ConfigError {
    /// A variable is not what it should be. Its text is not repeated: it may be a secret in the wrong place.
    Value {
        /// Which one.
        variable: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// `SECRET_KEYS`.
    Keys(KeyError),
    /// `PUBLIC_ORIGIN`.
    Origin(OriginError),
    /// `PUBLIC_ORIGIN` has an origin of plain HTTP that is not this machine: browsers drop `Secure` cookies there.
    PlainOrigin,
    /// `TRUSTED_PROXIES`.
    Proxies(NetworkError),
    /// Others than this machine would reach the demo, and something is missing for that.
    PublicWithout {
        /// What must be given.
        variable: &'static str,
        /// How.
        advice: &'static str,
    },
    /// `SEED=1` where others than this machine reach the demo: the examples' password is published.
    PublicExamples,
    /// One of two variables that belong together.
    Alone {
        /// What is given.
        given: &'static str,
        /// What is missing.
        missing: &'static str,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { variable, expected } => write!(f, "{variable} must be {expected}"),
            Self::Keys(error) => write!(f, "SECRET_KEYS: {error}"),
            Self::Origin(error) => write!(f, "PUBLIC_ORIGIN: {error}"),
            Self::PlainOrigin => f.write_str(
                "PUBLIC_ORIGIN: with http://, only this machine's own names work (127.0.0.1, [::1], localhost); elsewhere browsers drop \
                 cookies that are Secure, and no form can be sent. Write https:// and put a proxy that ends TLS in front, or set \
                 TLS_CERT and TLS_KEY",
            ),
            Self::Proxies(error) => {
                write!(f, "TRUSTED_PROXIES: {error}; write the proxies' addresses, as in `127.0.0.1` or `10.0.0.5, 10.0.0.6`")
            }
            Self::PublicWithout { variable, advice } => {
                write!(f, "others than this machine can reach the demo, and {variable} is not set: {advice}")
            }
            Self::PublicExamples => f.write_str(
                "SEED=1 adds people with a published password, and others than this machine can reach the demo: unset it, and register",
            ),
            Self::Alone { given, missing } => write!(f, "{given} is set and {missing} is not: set both, or none"),
        }
    }
}

impl Error for ConfigError {}
