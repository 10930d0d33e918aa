//! What the environment says about how to run: variables enter, typed settings or the first mistake leave.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use secure_forms::{KeyError, KeyRing, OriginError, OwnOrigins};

/// How the demo runs.
///
/// | variable | meaning | without it |
/// |---|---|---|
/// | `PORT` | port to listen on; 0 lets the system choose | 8080 |
/// | `BIND` | address to listen on | 127.0.0.1 |
/// | `DATABASE_URL` | path of the SQLite file, also as `sqlite:path` | `demo.sqlite` |
/// | `SECRET_KEYS` | base64 keys of 32 bytes or more, the first signs | made once, kept in `demo.keys`; loopback only |
/// | `PUBLIC_ORIGIN` | the origin under which people reach the demo | `http://127.0.0.1:PORT` and its loopback twins |
/// | `CSRF_TTL_SECONDS` | life of a form's token | 3600 |
/// | `LOGIN_ATTEMPTS_PER_MINUTE` | sign-in attempts per client | 10 |
/// | `SEED` | `1` fills the database with examples, `0` does not | on loopback only |
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The database file.
    pub database: PathBuf,
    /// What signs cookies and tokens.
    pub keys: Keys,
    /// The own origins; without them, those of the loopback address that is listened on.
    pub origins: Option<OwnOrigins>,
    /// How long a form may lie open.
    pub csrf_ttl: Duration,
    /// Sign-in attempts per minute and client.
    pub login_attempts: NonZeroU32,
    /// Whether to put examples into an empty database.
    pub seed: bool,
}

/// Where the keys come from.
#[derive(Clone, Debug)]
pub enum Keys {
    /// Given.
    Ring(KeyRing),
    /// Made at the first start and kept in this file.
    File(PathBuf),
}

/// Under every signature, so that another program with the same keys shares no cookies with the demo.
pub(crate) const APP: &str = "secure-forms-demo";

const KEY_FILE: &str = "demo.keys";

impl Config {
    /// Reads the variables through `variable`; `std::env::var(name).ok()` for the process itself. An empty one counts as absent.
    ///
    /// # Errors
    /// [`ConfigError`] for the first variable that is wrong, and for a public address without what it needs.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let get = |name: &str| variable(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let ip = parse(&get, "BIND", "an IP address")?.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let listen = SocketAddr::new(ip, parse(&get, "PORT", "a port, 0 to 65535")?.unwrap_or(8080));
        let is_public = !ip.is_loopback();

        let keys = match get("SECRET_KEYS") {
            Some(text) => Keys::Ring(KeyRing::parse(APP, &text).map_err(ConfigError::Keys)?),
            None if is_public => return Err(ConfigError::PublicWithout { ip, variable: "SECRET_KEYS" }),
            None => Keys::File(PathBuf::from(KEY_FILE)),
        };
        let origins = get("PUBLIC_ORIGIN").map(|text| OwnOrigins::parse(&text)).transpose();
        let origins = origins.map_err(ConfigError::Origin)?;
        if is_public && origins.is_none() {
            return Err(ConfigError::PublicWithout { ip, variable: "PUBLIC_ORIGIN" });
        }
        Ok(Self {
            listen,
            database: database(&get),
            keys,
            origins,
            csrf_ttl: Duration::from_secs(parse(&get, "CSRF_TTL_SECONDS", "a number of seconds")?.unwrap_or(3600)),
            login_attempts: parse(&get, "LOGIN_ATTEMPTS_PER_MINUTE", "a number above 0")?.unwrap_or(TEN),
            seed: seed(&get)?.unwrap_or(!is_public),
        })
    }
}

const TEN: NonZeroU32 = NonZeroU32::MIN.saturating_add(9);

fn parse<T: std::str::FromStr>(
    get: &impl Fn(&str) -> Option<String>,
    variable: &'static str,
    expected: &'static str,
) -> Result<Option<T>, ConfigError> {
    get(variable).map(|text| text.parse().map_err(|_| ConfigError::Value { variable, expected })).transpose()
}

fn database(get: &impl Fn(&str) -> Option<String>) -> PathBuf {
    let text = get("DATABASE_URL").unwrap_or_else(|| "demo.sqlite".to_owned());
    let path = text.strip_prefix("sqlite:").unwrap_or(&text);
    PathBuf::from(path.strip_prefix("//").unwrap_or(path))
}

fn seed(get: &impl Fn(&str) -> Option<String>) -> Result<Option<bool>, ConfigError> {
    match get("SEED").as_deref() {
        None => Ok(None),
        Some("1") => Ok(Some(true)),
        Some("0") => Ok(Some(false)),
        Some(_) => Err(ConfigError::Value { variable: "SEED", expected: "0 or 1" }),
    }
}

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
    /// Others than this machine would reach the demo, and something is missing for that.
    PublicWithout {
        /// The address.
        ip: IpAddr,
        /// What must be given.
        variable: &'static str,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { variable, expected } => write!(f, "{variable} must be {expected}"),
            Self::Keys(error) => write!(f, "SECRET_KEYS: {error}"),
            Self::Origin(error) => write!(f, "PUBLIC_ORIGIN: {error}"),
            Self::PublicWithout { ip, variable } => {
                write!(f, "{ip} can be reached from other machines: set {variable} first, or listen on 127.0.0.1")
            }
        }
    }
}

impl Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=";

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
    }

    #[test]
    fn nothing_set_means_loopback_with_examples() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!((config.seed, config.login_attempts.get()), (true, 10));
        assert!(matches!(config.keys, Keys::File(_)));
    }

    #[test]
    fn a_database_url_may_name_the_driver() {
        for (url, path) in [("a.db", "a.db"), ("sqlite:a.db", "a.db"), ("sqlite:///tmp/a.db", "/tmp/a.db")] {
            assert_eq!(read(&[("DATABASE_URL", url)]).unwrap().database, PathBuf::from(path));
        }
    }

    #[test]
    fn other_machines_need_keys_and_an_origin_and_get_no_examples() {
        let without = |variable| Some(ConfigError::PublicWithout { ip: Ipv4Addr::UNSPECIFIED.into(), variable });
        assert_eq!(read(&[("BIND", "0.0.0.0")]).err(), without("SECRET_KEYS"));
        assert_eq!(read(&[("BIND", "0.0.0.0"), ("SECRET_KEYS", KEY)]).err(), without("PUBLIC_ORIGIN"));
        let config =
            read(&[("BIND", "0.0.0.0"), ("SECRET_KEYS", KEY), ("PUBLIC_ORIGIN", "https://a.example")]).unwrap();
        assert!(!config.seed);
    }

    #[test]
    fn a_wrong_value_is_named_and_not_repeated() {
        for (variable, text) in [
            ("PORT", "70000"),
            ("BIND", "localhost"),
            ("CSRF_TTL_SECONDS", "-1"),
            ("LOGIN_ATTEMPTS_PER_MINUTE", "-3"),
            ("SEED", "yes"),
            ("SECRET_KEYS", "c2hvcnQ="),
            ("PUBLIC_ORIGIN", "a.example"),
        ] {
            let error = read(&[(variable, text)]).unwrap_err().to_string();
            assert!(error.contains(variable) && !error.contains(text), "{error}");
        }
    }
}
