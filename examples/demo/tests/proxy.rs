//! The demo as its README runs it behind a proxy on the same machine that ends TLS: nginx, from Debian's package.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

#[path = "common/tls.rs"]
#[allow(dead_code, reason = "each suite uses its part")]
mod common;

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::{Certificate, HOST, header};
use demo::App;
use demo::config::Config;
use demo::server::Server;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

/// nginx in front of `demo`, from the configuration that the README shows.
async fn nginx(folder: &Path, files: &Certificate, demo: SocketAddr) -> Option<(Child, SocketAddr)> {
    // A port that was free a moment ago.
    let front = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let (certificate, key, folder_text) = (files.certificate.display(), files.key.display(), folder.display());
    let configuration = format!(
        "daemon off; master_process off; pid {folder_text}/nginx.pid; error_log stderr; events {{}}
         http {{
           access_log off;
           client_body_temp_path {folder_text}; proxy_temp_path {folder_text}; fastcgi_temp_path {folder_text};
           uwsgi_temp_path {folder_text}; scgi_temp_path {folder_text};
           server {{
             listen {front} ssl; server_name {HOST};
             ssl_certificate {certificate}; ssl_certificate_key {key};
             location / {{
               proxy_pass http://{demo};
               proxy_http_version 1.1;
               proxy_set_header Host $host;
               proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
             }}
           }}
         }}"
    );
    let path = folder.join("nginx.conf");
    std::fs::write(&path, configuration).unwrap();
    let program = ["nginx", "/usr/sbin/nginx"].into_iter().find_map(|program| {
        let mut command = Command::new(program);
        command.arg("-p").arg(folder).arg("-c").arg(&path).stderr(Stdio::null()).kill_on_drop(true).spawn().ok()
    })?;
    for _ in 0..200 {
        if TcpStream::connect(front).await.is_ok() {
            return Some((program, front));
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("nginx does not listen");
}

async fn serve(folder: &Path) -> SocketAddr {
    let variable = |name: &str| match name {
        "DATABASE_URL" => Some(folder.join("demo.sqlite").display().to_string()),
        "SECRET_KEYS" => Some("c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBieXRlcyE=".to_owned()),
        "PUBLIC_ORIGIN" => Some(format!("https://{HOST}")),
        "TRUSTED_PROXIES" => Some("127.0.0.1".to_owned()),
        _ => None,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = App::open(&Config::read(variable).unwrap(), address).await.unwrap();
    tokio::spawn(Server::new(demo::app(app.clone()), &app).run(listener, std::future::pending()));
    address
}

struct Front {
    files: Certificate,
    address: SocketAddr,
}

impl Front {
    /// The status of an attempt to sign in as ada from this address.
    async fn sign_in(&self, from: &str, more: &str) -> String {
        let page = self.files.ask(from, self.address, "GET /login HTTP/1.1", "").await;
        let token = page.rsplit("name=\"csrf_token\" value=\"").next().unwrap().split('"').next().unwrap();
        let cookie = header(&page, "set-cookie").unwrap().split(';').next().unwrap();
        let head = format!(
            "POST /login HTTP/1.1\r\nCookie: {cookie}\r\nOrigin: https://{HOST}\r\n{more}Content-Type: application/x-www-form-urlencoded"
        );
        let body = format!("csrf_token={token}&username=ada&password=correct+horse+battery");
        let answer = self.files.ask(from, self.address, &head, &body).await;
        answer.split(' ').nth(1).unwrap().to_owned()
    }
}

#[tokio::test]
async fn behind_a_proxy_that_ends_tls_the_demo_is_public() {
    let folder = tempfile::tempdir().unwrap();
    let files = Certificate::make(folder.path());
    let demo = serve(folder.path()).await;
    let Some((_nginx, address)) = nginx(folder.path(), &files, demo).await else {
        assert!(std::env::var_os("SECURE_FORMS_TEST_ALL").is_none(), "nginx is not there, and no test may be skipped");
        // Past the test harness, which keeps what `println!` writes.
        let _ = writeln!(std::io::stderr(), "\nSKIPPED: the test behind a proxy needs nginx (Debian: nginx-light)");
        return;
    };
    let front = Front { files, address };
    let page = front.files.ask("127.0.0.2", address, "GET / HTTP/1.1", "").await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(header(&page, "strict-transport-security").unwrap().starts_with("max-age="), "{page}");
    assert!(!page.contains("Ada Lovelace"), "nobody is there");

    // Two clients, two counts; five attempts at one account, and no header of theirs gives them more.
    for at in 0..5 {
        let forged = format!("X-Forwarded-For: 198.51.100.{at}\r\n");
        assert_eq!(front.sign_in("127.0.0.2", &forged).await, "422", "the published password signs nobody in");
    }
    assert_eq!(front.sign_in("127.0.0.2", "X-Forwarded-For: 198.51.100.9\r\n").await, "429");
    assert_eq!(front.sign_in("127.0.0.3", "").await, "422", "somebody else");
    // The proxy's connections are those of many: more of them than one client may have.
    let asked = (0..48).map(|_| front.files.ask("127.0.0.4", address, "GET /healthz HTTP/1.1", ""));
    for answer in futures_util::future::join_all(asked).await {
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}
