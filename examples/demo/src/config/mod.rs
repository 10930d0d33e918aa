//! What the environment says about how to run: variables enter, typed settings or the first mistake leave.

mod error;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderName;
use secure_forms::KeyRing;
use secure_forms::client_ip::{ClientIpPolicy, Networks};
use secure_forms::csrf::OwnOrigins;
use secure_forms::redirect::Origin;

pub use error::ConfigError;

/// How the demo runs.
///
/// | variable | meaning | without it |
/// |---|---|---|
/// | `PORT` | port to listen on; 0 lets the system choose | 8080 |
/// | `BIND` | address to listen on | 127.0.0.1 |
/// | `DATABASE_URL` | path of the SQLite file, also as `sqlite:path` | `demo.sqlite` |
/// | `SECRET_KEYS` | base64 keys of 32 bytes or more, the first signs | made once, kept in `demo.keys`; not when public |
/// | `PUBLIC_ORIGIN` | the origin under which people reach the demo | `http://127.0.0.1:PORT` and its loopback twins |
/// | `TRUSTED_PROXIES` | addresses of the proxies in front, which append to `X-Forwarded-For` | clients connect directly |
/// | `TLS_CERT`, `TLS_KEY` | PEM files of a certificate and its key: the demo ends TLS itself | plain HTTP |
/// | `TLS` | `self-signed` ends TLS with a certificate of its own | |
/// | `HTTP_PORT` | a port of plain HTTP that sends people to HTTPS | none |
/// | `CSRF_TTL_SECONDS` | life of a form's token | 3600 |
/// | `LOGIN_ATTEMPTS_PER_MINUTE` | sign-in attempts per client | 10 |
/// | `SEED` | `1` fills the database with examples, `0` does not | unless public |
///
/// The demo is public when it listens on another address than a loopback one, or when `PUBLIC_ORIGIN` names another host than this
/// machine: `SECRET_KEYS`, `PUBLIC_ORIGIN` and either `TRUSTED_PROXIES` or TLS of its own are then needed, and there are no examples, whose
/// password is published.
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
    /// The proxies in front, if any.
    pub proxies: Option<Networks>,
    /// Whether the demo ends TLS itself, and with what.
    pub tls: Option<TlsSource>,
    /// Another port, of plain HTTP, from which people are sent to HTTPS.
    pub redirect_from: Option<u16>,
    /// How long a form may lie open.
    pub csrf_ttl: Duration,
    /// Sign-in attempts per minute and client.
    pub login_attempts: NonZeroU32,
    /// Whether to put examples into an empty database.
    pub seed: bool,
    /// Whether others than this machine reach the demo.
    pub is_public: bool,
}

/// Where the certificate comes from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum TlsSource {
    /// From two PEM files, which are read again when they change.
    Files {
        /// The certificate, with those that lead to its issuer behind it.
        certificate: PathBuf,
        /// Its key.
        key: PathBuf,
    },
    /// Made at the start; browsers warn of it.
    SelfSigned,
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
        let origins = origins(&get)?;
        let is_public =
            !ip.is_loopback() || origins.iter().flat_map(OwnOrigins::iter).any(|origin| !is_loopback(origin));
        let proxies = proxies(&get)?;

        let keys = match get("SECRET_KEYS") {
            Some(text) => Keys::Ring(KeyRing::parse(APP, &text).map_err(ConfigError::Keys)?),
            None if is_public => return Err(without("SECRET_KEYS", "`openssl rand -base64 32` makes a key")),
            None => Keys::File(PathBuf::from(KEY_FILE)),
        };
        if is_public && origins.is_none() {
            return Err(without("PUBLIC_ORIGIN", "write the origin that people type, as in `https://app.example`"));
        }
        let tls = tls(&get)?;
        if is_public && proxies.is_none() && tls.is_none() {
            let advice = "write the addresses of the proxies that end TLS in front, as in `127.0.0.1`, or end it here: set TLS_CERT and TLS_KEY";
            return Err(without("TRUSTED_PROXIES", advice));
        }
        let redirect_from = parse(&get, "HTTP_PORT", "a port, 0 to 65535")?;
        if redirect_from.is_some() && tls.is_none() {
            return Err(ConfigError::Alone { given: "HTTP_PORT", missing: "TLS_CERT" });
        }
        Ok(Self {
            listen,
            database: database(&get),
            keys,
            origins,
            proxies,
            tls,
            redirect_from,
            csrf_ttl: Duration::from_secs(parse(&get, "CSRF_TTL_SECONDS", "a number of seconds")?.unwrap_or(3600)),
            login_attempts: parse(&get, "LOGIN_ATTEMPTS_PER_MINUTE", "a number above 0")?.unwrap_or(TEN),
            seed: seed(&get, is_public)?,
            is_public,
        })
    }

    /// The own origins of a demo that listens on this address.
    ///
    /// # Errors
    /// [`ConfigError::Origin`], which cannot be for an address.
    pub fn own_origins(&self, address: SocketAddr) -> Result<OwnOrigins, ConfigError> {
        match (&self.origins, &self.tls) {
            (Some(origins), _) => Ok(origins.clone()),
            (None, None) => Ok(OwnOrigins::loopback(address.port())),
            (None, Some(_)) => {
                OwnOrigins::parse(&format!("https://localhost:{}", address.port())).map_err(ConfigError::Origin)
            }
        }
    }

    /// Whose word about a client's address is taken.
    pub fn client_ip(&self) -> ClientIpPolicy {
        match &self.proxies {
            Some(trusted) => {
                ClientIpPolicy::Proxies { trusted: trusted.clone(), header: HeaderName::from_static("x-forwarded-for") }
            }
            None => ClientIpPolicy::Peer,
        }
    }
}

fn without(variable: &'static str, advice: &'static str) -> ConfigError {
    ConfigError::PublicWithout { variable, advice }
}

fn origins(get: &impl Fn(&str) -> Option<String>) -> Result<Option<OwnOrigins>, ConfigError> {
    let Some(text) = get("PUBLIC_ORIGIN") else { return Ok(None) };
    let origins = OwnOrigins::parse(&text).map_err(ConfigError::Origin)?;
    // Browsers take `Secure` cookies over plain HTTP from this machine alone (Secure Contexts, 3.1; RFC 6265bis, 5.7).
    if origins.iter().any(|origin| origin.as_str().starts_with("http://") && !is_loopback(origin)) {
        return Err(ConfigError::PlainOrigin);
    }
    Ok(Some(origins))
}

fn proxies(get: &impl Fn(&str) -> Option<String>) -> Result<Option<Networks>, ConfigError> {
    let Some(text) = get("TRUSTED_PROXIES") else { return Ok(None) };
    if text.split([',', ' ']).all(str::is_empty) {
        return Err(ConfigError::Value { variable: "TRUSTED_PROXIES", expected: "a list of addresses" });
    }
    text.parse().map(Some).map_err(ConfigError::Proxies)
}

fn tls(get: &impl Fn(&str) -> Option<String>) -> Result<Option<TlsSource>, ConfigError> {
    let alone = |given, missing| Err(ConfigError::Alone { given, missing });
    match (get("TLS").as_deref(), get("TLS_CERT"), get("TLS_KEY")) {
        (None, None, None) => Ok(None),
        (None, Some(certificate), Some(key)) => {
            Ok(Some(TlsSource::Files { certificate: certificate.into(), key: key.into() }))
        }
        (None, Some(_), None) => alone("TLS_CERT", "TLS_KEY"),
        (None, None, Some(_)) => alone("TLS_KEY", "TLS_CERT"),
        (Some("self-signed"), None, None) => Ok(Some(TlsSource::SelfSigned)),
        (Some(_), ..) => {
            Err(ConfigError::Value { variable: "TLS", expected: "`self-signed`, without TLS_CERT and TLS_KEY" })
        }
    }
}

/// Whether nobody but this machine can be at this origin.
fn is_loopback(origin: &Origin) -> bool {
    let host = host(origin);
    match host.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback(),
        Ok(IpAddr::V6(address)) => address.is_loopback(),
        Err(_) => host == "localhost",
    }
}

/// The host of an origin, an IPv6 address without its brackets.
pub(crate) fn host(origin: &Origin) -> &str {
    let (_, authority) = origin.as_str().split_once("://").unwrap_or_default();
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
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

fn seed(get: &impl Fn(&str) -> Option<String>, is_public: bool) -> Result<bool, ConfigError> {
    match get("SEED").as_deref() {
        None => Ok(!is_public),
        Some("1") if is_public => Err(ConfigError::PublicExamples),
        Some("1") => Ok(true),
        Some("0") => Ok(false),
        Some(_) => Err(ConfigError::Value { variable: "SEED", expected: "0 or 1" }),
    }
}
