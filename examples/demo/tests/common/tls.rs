//! Certificates for tests, and clients that trust them.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub(crate) const HOST: &str = "demo.example";

/// A certificate for [`HOST`] in two files, as a person has them.
pub(crate) struct Certificate {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    pub(crate) der: CertificateDer<'static>,
    /// The public key with its kind, as browsers are told of it.
    pub(crate) public_key: Vec<u8>,
}

impl Certificate {
    /// Makes one, over those that are there.
    pub(crate) fn make(folder: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(vec![HOST.to_owned()]).unwrap();
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        let public_key = rcgen::PublicKeyData::subject_public_key_info(&made.signing_key);
        Self { certificate, key, der: made.cert.der().clone(), public_key }
    }

    /// What a client needs that trusts this one alone and speaks `protocol`.
    pub(crate) fn connector(&self, protocol: &str) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(self.der.clone()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        TlsConnector::from(Arc::new(config))
    }

    /// A connection from this address of the own machine.
    pub(crate) async fn connect(
        &self,
        from: &str,
        to: SocketAddr,
        protocol: &str,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::new(from.parse().unwrap(), 0)).unwrap();
        let stream = socket.connect(to).await.unwrap();
        self.connector(protocol).connect(ServerName::try_from(HOST).unwrap(), stream).await
    }

    /// The answer to one request of HTTP/1.1; `head` ends with its last line, without a host.
    pub(crate) async fn ask(&self, from: &str, to: SocketAddr, head: &str, body: &str) -> String {
        let mut stream = self.connect(from, to, "http/1.1").await.unwrap();
        exchange(&mut stream, head, body).await
    }
}

/// One request, and everything that comes until the connection closes.
pub(crate) async fn exchange<S: AsyncReadExt + AsyncWriteExt + Unpin>(
    stream: &mut S,
    head: &str,
    body: &str,
) -> String {
    let length = body.len();
    let request = format!("{head}\r\nHost: {HOST}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // An end without TLS's own is no concern of these tests.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The value of a header's first line.
pub(crate) fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next()?;
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}
