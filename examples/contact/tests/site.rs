//! The example does what its page says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::fs;

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use secure_forms::csrf::OwnOrigins;
use secure_forms::{FormGuard, KeyRing};
use tower::ServiceExt;

const OWN: &str = "http://127.0.0.1:8080";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

fn part(name: &str, rest: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n");
    [head.as_bytes(), content, b"\r\n"].concat()
}

#[tokio::test]
async fn a_message_and_its_picture_are_kept_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(OWN).unwrap());
    let site = contact::site(guard, folder.path().to_owned());
    let host = (header::HOST, "127.0.0.1:8080");

    let page = Request::get("/").header(host.0.clone(), host.1).body(Body::empty()).unwrap();
    let page = site.clone().oneshot(page).await.unwrap();
    let cookie = page.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let html = String::from_utf8(page.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap();
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();

    for (token, picture, status, kept) in [("forged", PNG, 403, 0), (token, b"<script>", 415, 0), (token, PNG, 200, 1)]
    {
        let body = [
            part("csrf_token", "", token.as_bytes()),
            part("email", "", b"ada@example.org"),
            part("text", "", b"Hello"),
            part("picture", "; filename=\"../../me.png\"\r\nContent-Type: image/png", picture),
            b"--XX--\r\n".to_vec(),
        ];
        let request = Request::post("/")
            .header(host.0.clone(), host.1)
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
            .body(Body::from(body.concat()))
            .unwrap();
        let answer = site.clone().oneshot(request).await.unwrap();
        assert_eq!((answer.status().as_u16(), fs::read_dir(folder.path()).unwrap().count()), (status, kept));
    }
    let message = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    assert_eq!(fs::read_to_string(message.join("message.txt")).unwrap(), "ada@example.org\n\nHello\n");
    assert_eq!(fs::read(message.join("picture")).unwrap(), PNG);
}
