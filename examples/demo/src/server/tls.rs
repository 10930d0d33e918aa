//! TLS: a certificate and its key enter, from two files or made at the start, and the settings of every new connection leave. New files
//! are taken without a restart.

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use secure_forms::csrf::OwnOrigins;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::config::{TlsSource, host};

/// The names of RFC 9113 and RFC 9112 in the handshake (RFC 7301).
pub(super) const HTTP_2: &[u8] = b"h2";
const HTTP_1: &[u8] = b"http/1.1";

/// What a server shows who it is with; cloning shares it.
#[derive(Clone, Debug)]
pub struct Tls {
    current: Arc<RwLock<Arc<ServerConfig>>>,
    files: Option<Files>,
    every: Duration,
}

/// How often the files are looked at.
const EVERY: Duration = Duration::from_secs(10);

#[derive(Clone, Debug)]
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Tls {
    /// The certificate, with those that lead to its issuer behind it, and its key, both in PEM.
    ///
    /// # Errors
    /// [`TlsError`], with the path of the file that is wrong.
    pub fn load(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let files = Files { certificate: certificate.to_owned(), key: key.to_owned() };
        let config = files.read()?;
        Ok(Self { current: Arc::new(RwLock::new(config)), files: Some(files), every: EVERY })
    }

    /// A certificate for these names that nobody vouches for: browsers warn of it. It is lost with the program.
    ///
    /// # Errors
    /// [`TlsError::Made`] if a name is none, or if there is no randomness.
    pub fn self_signed(names: Vec<String>) -> Result<Self, TlsError> {
        let made = rcgen::generate_simple_self_signed(names).map_err(|_| TlsError::Made)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let config = config(vec![made.cert.der().clone()], key).map_err(|_| TlsError::Made)?;
        Ok(Self { current: Arc::new(RwLock::new(config)), files: None, every: EVERY })
    }

    /// What the configuration asks for. A certificate that is made is for the hosts of these origins.
    ///
    /// # Errors
    /// As [`Tls::load`] and [`Tls::self_signed`].
    pub fn of(source: &TlsSource, origins: &OwnOrigins) -> Result<Self, TlsError> {
        match source {
            TlsSource::Files { certificate, key } => Self::load(certificate, key),
            TlsSource::SelfSigned => Self::self_signed(origins.iter().map(|origin| host(origin).to_owned()).collect()),
        }
    }

    /// Looks at the files this often instead of every ten seconds.
    #[must_use]
    pub fn checked_every(mut self, every: Duration) -> Self {
        self.every = every;
        self
    }

    /// What a new connection begins with.
    pub(super) fn current(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the files again and again, for ever, and takes what is new there. Files that cannot be used are reported, and the
    /// certificate stays as it is.
    pub(super) async fn keep_fresh(&self) {
        let Some(files) = &self.files else { return std::future::pending().await };
        let mut seen = files.changed_at();
        loop {
            tokio::time::sleep(self.every).await;
            let now = files.changed_at();
            if now == seen {
                continue;
            }
            match files.read() {
                Ok(config) => *self.current.write().unwrap_or_else(PoisonError::into_inner) = config,
                Err(error) => eprintln!("demo: {error}; the certificate stays as it was"),
            }
            seen = now;
        }
    }
}

impl Files {
    fn changed_at(&self) -> [Option<SystemTime>; 2] {
        [&self.certificate, &self.key].map(|path| path.metadata().and_then(|file| file.modified()).ok())
    }

    fn read(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let unreadable = |path: &PathBuf| TlsError::Unreadable { path: path.clone() };
        private(&self.key)?;
        let chain = CertificateDer::pem_file_iter(&self.certificate).and_then(|chain| chain.collect::<Result<_, _>>());
        let chain: Vec<_> = chain.map_err(|_| unreadable(&self.certificate))?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|_| unreadable(&self.key))?;
        config(chain, key)
            .map_err(|_| TlsError::NoPair { certificate: self.certificate.clone(), key: self.key.clone() })
    }
}

/// A key that others can read is none.
#[cfg(unix)]
fn private(key: &Path) -> Result<(), TlsError> {
    use std::os::unix::fs::PermissionsExt;
    let file = key.metadata().map_err(|_| TlsError::Unreadable { path: key.to_owned() })?;
    let mode = file.permissions().mode() & 0o7777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(TlsError::Exposed { path: key.to_owned(), mode }) }
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<(), TlsError> {
    Ok(())
}

fn config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, tokio_rustls::rustls::Error> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![HTTP_2.to_vec(), HTTP_1.to_vec()];
    Ok(Arc::new(config))
}

/// Why there is no TLS. Holds no part of a key.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum TlsError {
    /// A file is not there, or holds no PEM of the right kind.
    Unreadable {
        /// Which one.
        path: PathBuf,
    },
    /// Others than the owner may read or change the key.
    Exposed {
        /// The key.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key is not that of the certificate, or the certificate is none.
    NoPair {
        /// The certificate.
        certificate: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// No certificate could be made.
    Made,
}

impl fmt::Display for TlsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path } => {
                write!(f, "{} cannot be read as PEM: name the chain in TLS_CERT, its key in TLS_KEY", path.display())
            }
            Self::Exposed { path, mode } => {
                write!(f, "{} has mode {mode:04o}, so others can use the key: `chmod 600` it", path.display())
            }
            Self::NoPair { certificate, key } => write!(
                f,
                "{} is not the key of the first certificate in {}: name a pair in TLS_CERT and TLS_KEY",
                key.display(),
                certificate.display()
            ),
            Self::Made => f.write_str("no certificate can be made for these names: check the hosts in PUBLIC_ORIGIN"),
        }
    }
}

impl Error for TlsError {}
