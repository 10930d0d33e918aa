//! Forms through an adapter that anybody could have written: the same as through axum.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper_adapter::{Answer, Call};
use hyper_util::rt::TokioIo;
use secure_forms::client_ip::Transport;
use secure_forms::csrf::OwnOrigins;
use secure_forms::form::{English, German};
use secure_forms::{FormGuard, KeyRing, PageContent, SecurityHeaders, html, safe_path};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use any_adapter::{Note, ORIGIN, SignUp};

#[path = "../../behaviour/any_adapter.rs"]
mod any_adapter;

async fn handle<B>(mut call: Call<B>) -> Answer
where
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let (method, path) = (call.head().method.clone(), call.head().uri.path().to_owned());
    match (method, path.as_str()) {
        (Method::GET, "/sign-up") => call.blank::<SignUp>().map_or_else(|answer| answer, |form| form.page().into()),
        (Method::GET, "/note") => call.blank::<Note>().map_or_else(|answer| answer, |form| form.page().into()),
        (Method::POST, "/sign-up") => match call.submitted::<SignUp>().await.validate(&vec!["ada".to_owned()]).await {
            Ok(valid) => valid.return_to_or(safe_path!("/home")).into(),
            Err(rejected) => rejected.into(),
        },
        (Method::POST, "/note") => match call.valid::<Note>().await {
            Ok(valid) => Response::new(valid.text.clone()),
            Err(rejected) => rejected.into(),
        },
        _ => not_found(),
    }
}

fn not_found() -> Answer {
    let mut answer = Response::new(String::new());
    *answer.status_mut() = StatusCode::NOT_FOUND;
    answer
}

fn guard(origin: &str) -> FormGuard {
    FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(origin).unwrap())
        .with_messages(&[("en", &English), ("de", &German)])
}

/// What the tests of any adapter send their requests to.
struct Site(FormGuard);

impl Site {
    fn new() -> Self {
        Self(guard(ORIGIN))
    }

    async fn answer(&self, request: Request<String>) -> Answer {
        let site = hyper_adapter::Site::new(self.0.clone(), &SecurityHeaders::modern(), handle::<Full<Bytes>>);
        site.answer(request.map(|body| Full::new(Bytes::from(body)))).await
    }
}

#[tokio::test]
async fn the_layout_is_around_pages_and_refusals_and_around_nothing_else() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let layout = |path: String, page: &PageContent| html! { title { (page.title()) " of " (path) } (page.content()) };
    let site = Site(guard(ORIGIN).with_layout(|head| head.uri.path().to_owned(), layout));
    let to = |request: http::request::Builder| request.header("host", "app.example").extension(Transport::Tls);
    for (request, status, title) in [
        (Request::get("/note"), StatusCode::OK, "Note of /note"),
        (Request::get("/nowhere"), StatusCode::NOT_FOUND, "Page not found of /nowhere"),
        (Request::post("/note").header("content-type", FORM), StatusCode::FORBIDDEN, "Note of /note"),
        (
            Request::post("/note").header("origin", "https://evil.example"),
            StatusCode::FORBIDDEN,
            "Not allowed of /note",
        ),
    ] {
        let answer = site.answer(to(request).body(String::new()).unwrap()).await;
        assert_eq!(answer.status(), status);
        assert!(answer.body().starts_with(&format!("<title>{title}</title>")), "{}", answer.body());
        assert_eq!(answer.headers()["content-length"], answer.body().len().to_string());
        assert!(answer.headers().contains_key("content-security-policy"));
    }
    let json = to(Request::post("/note")).header("accept", "application/json").body(String::new()).unwrap();
    assert!(site.answer(json).await.body().starts_with('{'));
    let head = site.answer(to(Request::head("/nowhere")).body(String::new()).unwrap()).await;
    assert!(head.body().is_empty() && head.headers()["content-length"] != "0");
}

#[test]
fn an_adapter_has_at_most_150_lines() {
    let lines = include_str!("../src/lib.rs").lines().count();
    assert!(lines <= 150, "{lines} lines");
}

#[test]
fn an_adapter_names_the_guard_and_no_framework() {
    let source = include_str!("../src/lib.rs");
    for framework in ["axum", "tower"] {
        assert!(!source.contains(framework), "{framework}");
    }
}

#[tokio::test]
async fn a_host_of_others_reaches_no_handler() {
    let request = Request::get("/note").header("host", "evil.example").body(String::new()).unwrap();
    assert_eq!(Site::new().answer(request).await.status(), StatusCode::MISDIRECTED_REQUEST);
}

/// One request over a connection of its own.
async fn over_the_wire(request: &str) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let site = hyper_adapter::Site::new(
        guard(&format!("http://{address}")),
        &SecurityHeaders::modern(),
        handle::<hyper::body::Incoming>,
    );
    let server = async {
        let (stream, _) = listener.accept().await.unwrap();
        http1::Builder::new().serve_connection(TokioIo::new(stream), site).await.unwrap();
    };
    let client = async {
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = request.replace("HOST", &address.to_string());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    tokio::join!(server, client).1
}

#[tokio::test]
async fn hyper_serves_it() {
    let page = over_the_wire("GET /note HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\n\r\n").await;
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
    for part in ["cache-control: no-store", "set-cookie: __Host-csrf=", "content-security-policy: ", "csrf_token"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let post = "POST /note HTTP/1.1\r\nhost: HOST\r\nconnection: close\r\ncontent-length: 6\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\ntext=x";
    assert!(over_the_wire(post).await.starts_with("HTTP/1.1 403 "));
}
