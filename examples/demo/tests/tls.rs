//! The demo that ends TLS itself: HTTP/1.1 and HTTP/2, HSTS, cookies, a certificate that is renewed, and plain HTTP that leads there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

#[path = "common/tls.rs"]
#[allow(dead_code, reason = "each suite uses its part")]
mod common;

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use axum::body::Body;
use common::{Certificate, HOST, exchange, header};
use demo::App;
use demo::config::Config;
use demo::server::{Server, Tls};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

const HERE: &str = "127.0.0.1";

fn config(folder: &Path, files: &Certificate) -> Config {
    let variable = |name: &str| match name {
        "DATABASE_URL" => Some(folder.join("demo.sqlite").display().to_string()),
        "SECRET_KEYS" => Some("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=".to_owned()),
        "PUBLIC_ORIGIN" => Some(format!("https://{HOST}")),
        "TLS_CERT" => Some(files.certificate.display().to_string()),
        "TLS_KEY" => Some(files.key.display().to_string()),
        _ => None,
    };
    Config::read(variable).unwrap()
}

/// The public demo on a port of this machine.
async fn serve(folder: &Path, files: &Certificate) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config = config(folder, files);
    let app = App::open(&config, address).await.unwrap();
    let tls = Tls::of(config.tls.as_ref().unwrap(), config.origins.as_ref().unwrap()).unwrap();
    let server = Server::new(demo::app(app.clone()), &app).tls(tls.checked_every(Duration::from_millis(50)));
    tokio::spawn(server.run(listener, std::future::pending()));
    address
}

#[tokio::test]
async fn pages_over_tls_have_hsts_secure_cookies_and_nothing_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let files = Certificate::make(folder.path());
    let address = serve(folder.path(), &files).await;
    let page = files.ask(HERE, address, "GET /login HTTP/1.1", "").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(header(&page, "strict-transport-security").unwrap().starts_with("max-age="), "{page}");
    assert!(header(&page, "set-cookie").unwrap().contains("; Path=/; Secure; HttpOnly; SameSite="), "{page}");
    // No mixed content: nothing that a page loads or sends to names a scheme.
    for attribute in ["src=\"http:", "href=\"http:", "action=\"http:"] {
        assert!(!page.contains(attribute), "{page}");
    }
    // The published password signs nobody in: there are no examples.
    let token = page.rsplit("name=\"csrf_token\" value=\"").next().unwrap().split('"').next().unwrap();
    let cookie = header(&page, "set-cookie").unwrap().split(';').next().unwrap();
    let head = format!(
        "POST /login HTTP/1.1\r\nCookie: {cookie}\r\nOrigin: https://{HOST}\r\nContent-Type: application/x-www-form-urlencoded"
    );
    let body = format!("csrf_token={token}&username=ada&password=correct+horse+battery");
    let answer = files.ask(HERE, address, &head, &body).await;
    assert!(
        answer.starts_with("HTTP/1.1 422") && answer.contains("The name or the password is not right."),
        "{answer}"
    );
}

#[tokio::test]
async fn browsers_get_http_2_with_the_same_headers() {
    let folder = tempfile::tempdir().unwrap();
    let files = Certificate::make(folder.path());
    let address = serve(folder.path(), &files).await;
    let stream = files.connect(HERE, address, "h2").await.unwrap();
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let (mut client, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    // Many at once over the one connection.
    let asked = (0..20).map(|_| {
        let request = http::Request::get(format!("https://{HOST}/")).body(Body::empty()).unwrap();
        client.send_request(request)
    });
    for answer in futures_util::future::join_all(asked.collect::<Vec<_>>()).await {
        let answer = answer.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (200, http::Version::HTTP_2));
        assert!(answer.headers().contains_key("strict-transport-security"));
        let page = answer.into_body().collect().await.unwrap().to_bytes();
        assert!(page.starts_with(b"<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_without_a_restart_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let old = Certificate::make(folder.path());
    let address = serve(folder.path(), &old).await;
    let mut open = old.connect(HERE, address, "http/1.1").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    std::fs::write(&old.certificate, "half a file").unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(old.connect(HERE, address, "http/1.1").await.is_ok(), "the old one stays");

    let new = Certificate::make(folder.path());
    let mut is_taken = false;
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        is_taken = new.connect(HERE, address, "http/1.1").await.is_ok();
        if is_taken {
            break;
        }
    }
    assert!(is_taken && old.connect(HERE, address, "http/1.1").await.is_err());
    let answer = exchange(&mut open, "GET /healthz HTTP/1.1", "").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "a connection from before goes on: {answer}");
}

#[tokio::test]
async fn plain_http_leads_to_https_and_refuses_what_was_sent_in_the_open() {
    let folder = tempfile::tempdir().unwrap();
    let files = Certificate::make(folder.path());
    let mut child = tokio::process::Command::new(env!("CARGO_BIN_EXE_demo"))
        .current_dir(folder.path())
        .envs([("PORT", "0"), ("HTTP_PORT", "0"), ("PUBLIC_ORIGIN", "https://demo.example")])
        .env("SECRET_KEYS", "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=")
        .envs([("TLS_CERT", &files.certificate), ("TLS_KEY", &files.key)])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = async || lines.next_line().await.unwrap().expect("the demo has ended");
    let secure: SocketAddr =
        line().await.strip_prefix("demo: https://").unwrap().trim_end_matches('/').parse().unwrap();
    let plain = line().await;
    let plain: SocketAddr =
        plain.strip_prefix("demo: http://").and_then(|line| line.split('/').next()).unwrap().parse().unwrap();

    let ask = async |head: &str, body: &str| exchange(&mut TcpStream::connect(plain).await.unwrap(), head, body).await;
    let answer = ask("GET /search?q=a HTTP/1.1", "").await;
    assert!(answer.starts_with("HTTP/1.1 301"), "{answer}");
    assert_eq!(header(&answer, "location"), Some("https://demo.example/search?q=a"));
    // RFC 6797, section 7.2: never over plain HTTP.
    assert_eq!(header(&answer, "strict-transport-security"), None);
    let answer = ask("POST /login HTTP/1.1", "username=ada&password=secret").await;
    assert!(answer.starts_with("HTTP/1.1 403") && answer.contains("must count as read by others"), "{answer}");
    assert!(files.ask(HERE, secure, "GET / HTTP/1.1", "").await.starts_with("HTTP/1.1 200"));
    // Plain HTTP on the port of TLS gets no page.
    let answer = exchange(&mut TcpStream::connect(secure).await.unwrap(), "GET / HTTP/1.1", "").await;
    assert!(!answer.contains("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn files_that_are_no_pair_are_named_at_the_start() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (files, others) = (Certificate::make(folder.path()), Certificate::make(other.path()));
    let said = |certificate: &Path, key: &Path| Tls::load(certificate, key).unwrap_err().to_string();
    assert!(said(&files.certificate, &others.key).contains("is not the key of"));
    let missing = folder.path().join("none.pem");
    assert!(said(&missing, &files.key).contains("none.pem cannot be read as PEM: name the chain in TLS_CERT"));
    assert!(Tls::self_signed(vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()]).is_ok());
    #[cfg(unix)]
    {
        std::fs::set_permissions(&files.key, std::os::unix::fs::PermissionsExt::from_mode(0o644)).unwrap();
        assert!(said(&files.certificate, &files.key).contains("has mode 0644, so others can use the key"));
    }
}
