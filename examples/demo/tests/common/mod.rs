//! A browser without a screen: keeps cookies, reads forms, sends them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]
#![allow(dead_code, reason = "each suite uses its part")]

use std::collections::BTreeMap;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use demo::App;
use demo::config::Config;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use secure_forms::session::{Clock, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;

pub(crate) const ORIGIN: &str = "http://127.0.0.1:8080";
pub(crate) const PASSWORD: &str = "correct horse battery";

/// The demo on a database of its own.
pub(crate) struct Site {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) clock: Clock,
}

impl Site {
    pub(crate) async fn open() -> Self {
        Self::with(&[("LOGIN_ATTEMPTS_PER_MINUTE", "1000")]).await
    }

    pub(crate) async fn with(variables: &[(&str, &str)]) -> Self {
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let clock = Clock::stopped_at(Timestamp::from_unix(1_800_000_000));
        let app = App::for_tests(&Config::read(variable).unwrap(), clock.clone()).await.unwrap();
        Self { router: demo::app(app.clone()), app, clock }
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new() }
    }

    pub(crate) fn wait(&self, time: Duration) {
        self.clock.advance(time);
    }
}

/// A person's browser.
#[derive(Clone)]
pub(crate) struct Browser {
    router: Router,
    pub(crate) cookies: BTreeMap<String, String>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |location| location.to_str().unwrap())
    }

    /// The `Set-Cookie` line of this cookie.
    pub(crate) fn set_cookie(&self, name: &str) -> Option<String> {
        let lines = self.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned());
        lines.into_iter().find(|line| line.starts_with(&format!("{name}=")))
    }

    /// The token of the form with this name (all forms carry one; the page's own form is the last).
    pub(crate) fn token(&self) -> String {
        let start = self.body.rfind("name=\"csrf_token\" value=\"").expect("a form with a token") + 25;
        self.body[start - 1..].trim_start_matches('"').split('"').next().unwrap().to_owned()
    }
}

impl Browser {
    pub(crate) async fn send(&mut self, request: http::request::Builder, body: Vec<u8>) -> Answer {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request = request.body(Body::from(body)).unwrap();
        if !cookies.is_empty() && !request.headers().contains_key(header::COOKIE) {
            request.headers_mut().insert(header::COOKIE, cookies.parse().unwrap());
        }
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static("127.0.0.1:8080"));
        let response = self.router.clone().oneshot(request).await.unwrap();
        self.keep(response).await
    }

    async fn keep(&mut self, response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            match value {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Vec::new()).await
    }

    /// Opens the page, fills in the form, sends it as a browser does.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(path).await.token();
        self.post(path, &token, fields).await
    }

    pub(crate) async fn post(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = format!("csrf_token={token}");
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encode(value)));
        }
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ORIGIN, ORIGIN)
            .header("sec-fetch-site", "same-origin");
        self.send(request, body.into_bytes()).await
    }

    /// The same with a file.
    pub(crate) async fn upload(&mut self, file: &str, content: &[u8], caption: &str) -> Answer {
        let token = self.get("/upload").await.token();
        let part = |head: &str, content: &[u8]| {
            [format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(), content, b"\r\n"].concat()
        };
        let body = [
            part("name=\"csrf_token\"", token.as_bytes()),
            part(&format!("name=\"file\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"), content),
            part("name=\"caption\"", caption.as_bytes()),
            b"--X--\r\n".to_vec(),
        ]
        .concat();
        let request = Request::post("/upload")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
            .header(header::ORIGIN, ORIGIN);
        self.send(request, body).await
    }

    pub(crate) async fn sign_in(&mut self, username: &str, remember: bool) -> Answer {
        let mut fields = vec![("username", username), ("password", PASSWORD)];
        if remember {
            fields.push(("remember", "on"));
        }
        self.submit("/login", &fields).await
    }

    pub(crate) async fn is_signed_in(&mut self) -> bool {
        self.get("/profile").await.status == StatusCode::OK
    }
}

/// The same over a connection of its own for each request, to a demo that runs elsewhere.
pub(crate) struct Wire {
    origin: String,
    cookies: BTreeMap<String, String>,
}

impl Wire {
    pub(crate) fn new(origin: &str) -> Self {
        Self { origin: origin.to_owned(), cookies: BTreeMap::new() }
    }

    /// What the header `Cookie` says.
    pub(crate) fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// The status and the whole answer.
    pub(crate) async fn get(&mut self, path: &str) -> (u16, String) {
        self.send(&format!("GET {path} HTTP/1.1\r\n"), "").await
    }

    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> (u16, String) {
        let page = if path == "/logout" { "/" } else { path };
        let (_, page) = self.get(page).await;
        let token = page.rsplit("name=\"csrf_token\" value=\"").next().unwrap().split('"').next().unwrap();
        let mut body = format!("csrf_token={token}");
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encode(value)));
        }
        let head = format!(
            "POST {path} HTTP/1.1\r\nOrigin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            self.origin,
            body.len()
        );
        self.send(&head, &body).await
    }

    async fn send(&mut self, head: &str, body: &str) -> (u16, String) {
        let address = self.origin.trim_start_matches("http://");
        let cookies = self.cookies();
        let request = format!("{head}Host: {address}\r\nCookie: {cookies}\r\nConnection: close\r\n\r\n{body}");
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        for line in answer.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }
}

pub(crate) fn encode(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
