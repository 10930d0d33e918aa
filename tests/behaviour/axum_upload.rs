//! Files through axum: the token comes first, sizes and types are judged, nothing typed is lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use secure_forms::axum::SecurityHeadersLayer;
use secure_forms::csrf::OwnOrigins;
use secure_forms::{Blank, Form, FormGuard, KeyRing, Rejected, SecurityHeaders, Upload, Valid};
use tower::ServiceExt;

const ORIGIN: &str = "https://app.example";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and so on";

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
}

#[derive(Debug, Form)]
struct Share {
    #[field(accept = ["image/png", "text/plain"], max_size = "100KiB")]
    file: Upload,
    #[field(length(..=40))]
    caption: String,
}

async fn blank(form: Blank<Share>) -> Response {
    form.page().into_response()
}

async fn share(form: Result<Valid<Share>, Rejected<Share>>) -> Response {
    match form {
        Ok(form) => {
            format!("{} {} {:?}", form.file.file_name(), form.file.size(), form.file.content_type()).into_response()
        }
        Err(rejected) => rejected.into_response(),
    }
}

fn app() -> Router {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(ORIGIN).unwrap());
    Router::new()
        .route("/share", get(blank).post(share))
        .with_state(App { guard })
        .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()))
}

/// One part of a body.
enum Part<'p> {
    Text(&'p str, &'p str),
    File(&'p str, &'p str, &'p [u8]),
}

fn multipart(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let (head, content) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\""), text.as_bytes()),
            Part::File(name, file, bytes) => {
                (format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream"), *bytes)
            }
        };
        body.extend_from_slice(format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--XX--\r\n");
    body
}

/// Opens the form, then sends what `body` makes of its token.
async fn send(body: impl FnOnce(&str) -> Vec<u8>) -> (StatusCode, String) {
    let (status, html, _) = send_counted(body).await;
    (status, html)
}

/// The same, with the number of chunks of the body that were taken in.
async fn send_counted(body: impl FnOnce(&str) -> Vec<u8>) -> (StatusCode, String, usize) {
    let app = app();
    let page = app.clone().oneshot(Request::get("/share").body(Body::empty()).unwrap()).await.unwrap();
    let cookie = page.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let html = text(page).await.1;
    assert!(html.contains("enctype=\"multipart/form-data\""), "{html}");
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let request = Request::post("/share")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .header(header::COOKIE, cookie)
        .body(in_chunks(&body(token), &taken))
        .unwrap();
    let (status, html) = text(app.oneshot(request).await.unwrap()).await;
    (status, html, taken.load(Ordering::Relaxed))
}

/// As a network delivers it that is faster than the server; `taken` counts what is read of it.
fn in_chunks(body: &[u8], taken: &Arc<AtomicUsize>) -> Body {
    let chunks: Vec<_> = body.chunks(16 << 10).map(|chunk| Ok::<_, Infallible>(chunk.to_vec())).collect();
    let taken = taken.clone();
    let counted = chunks.into_iter().inspect(move |_| {
        taken.fetch_add(1, Ordering::Relaxed);
    });
    Body::from_stream(futures_util::stream::iter(counted))
}

async fn text(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn a_file_comes_with_a_clean_name_and_its_real_type() {
    let (status, body) = send(|token| {
        multipart(&[
            Part::Text("csrf_token", token),
            Part::File("file", "../../etc/pic.png", PNG),
            Part::Text("caption", "A picture"),
        ])
    })
    .await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "pic.png 26 Some(\"image/png\")"));
}

#[tokio::test]
async fn a_file_is_not_read_before_its_token_is_found_good() {
    let file = vec![b'x'; 90 << 10];
    let file = || Part::File("file", "a.txt", &file);
    let caption = || Part::Text("caption", "x");
    let without = multipart(&[file(), caption()]);
    let wrong = multipart(&[Part::Text("csrf_token", "wrong"), file(), caption()]);
    for body in [without, wrong] {
        let (status, _, taken) = send_counted(|_| body).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert_eq!(taken, 1, "chunks were read ahead");
    }
    let (status, _, taken) =
        send_counted(|token| multipart(&[file(), Part::Text("csrf_token", token), caption()])).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "the token comes first");
    assert_eq!(taken, 1, "chunks were read ahead");
    let (status, _, taken) =
        send_counted(|token| multipart(&[Part::Text("csrf_token", token), file(), caption()])).await;
    assert_eq!((status, taken), (StatusCode::OK, 6));
}

#[tokio::test]
async fn a_name_that_lies_about_the_content_is_refused() {
    let (status, html) = send(|token| {
        multipart(&[
            Part::Text("csrf_token", token),
            Part::File("file", "pic.png", b"<script>alert(1)</script>"),
            Part::Text("caption", "kept"),
        ])
    })
    .await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert!(html.contains("value=\"kept\""), "{html}");
}

#[tokio::test]
async fn a_file_that_is_too_large_costs_only_itself() {
    let large = vec![b'x'; 150 << 10];
    let (status, html) = send(|token| {
        multipart(&[
            Part::Text("csrf_token", token),
            Part::File("file", "a.txt", &large),
            Part::Text("caption", "kept"),
        ])
    })
    .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(html.contains("File is too large; at most 100 KiB are allowed."), "{html}");
    assert!(html.contains("value=\"kept\""), "{html}");
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    let endless = vec![b'x'; 80 << 20];
    let (status, html, taken) = send_counted(|token| {
        multipart(&[
            Part::Text("csrf_token", token),
            Part::File("file", "a.txt", &endless),
            Part::Text("caption", "lost"),
        ])
    })
    .await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(taken <= 66 << 6, "{taken} chunks of 16 KiB were read");
    assert!(html.contains("File is too large; at most 100 KiB are allowed."), "{html}");
}

#[tokio::test]
async fn no_file_is_a_missing_field() {
    let (status, html) = send(|token| {
        multipart(&[Part::Text("csrf_token", token), Part::File("file", "", b""), Part::Text("caption", "x")])
    })
    .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("File is required."), "{html}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_bad_request() {
    let (status, _) = send(|token| {
        let mut body = multipart(&[Part::Text("csrf_token", token), Part::File("file", "a.txt", b"text")]);
        body.truncate(body.len() - 12);
        body
    })
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_repeated_file_is_a_bad_request() {
    let (status, _) = send(|token| {
        multipart(&[
            Part::Text("csrf_token", token),
            Part::File("file", "a.txt", b"text"),
            Part::File("file", "b.txt", b"text"),
            Part::Text("caption", "x"),
        ])
    })
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}
