//! The guide's last response: its five headers, and its policy with the nonce of the request, around the demo.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

mod common;

use axum::response::{IntoResponse, Response};
use axum::routing::get;
use common::Site;
use http::{Request, StatusCode};
use secure_forms::axum::SecurityHeadersLayer;
use secure_forms::{Nonce, SecurityHeaders, csp, html};
use tower::ServiceExt;

/// A page that asks for the nonce, as the guide's template does.
async fn page_with_a_script(nonce: Nonce) -> Result<Response, StatusCode> {
    let nonce = nonce.value().map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(html! { script nonce=(nonce) { "document.title = 'Welcome'" } }.into_response())
}

#[tokio::test]
async fn guide_final_response() {
    let policy = csp! {
        default-src self; object-src none; script-src nonce; base-uri self; require-trusted-types-for script;
        allow(missing_form_action, missing_frame_ancestors);
    };
    let headers = SecurityHeadersLayer::new(&SecurityHeaders::guide().csp(policy));
    let router = Site::open().await.router.route("/welcome", get(page_with_a_script).layer(headers));
    let request = Request::get("/welcome").header("host", "localhost").body(axum::body::Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);

    let (parts, body) = answer.into_parts();
    let page = String::from_utf8(axum::body::to_bytes(body, 1000).await.unwrap().to_vec()).unwrap();
    let nonce = page.split('"').nth(1).unwrap();
    assert_eq!(nonce.len(), 22);
    let header = |name: &str| parts.headers[name].to_str().unwrap();
    assert_eq!(
        header("content-security-policy"),
        format!(
            "default-src 'self'; object-src 'none'; script-src 'nonce-{nonce}'; base-uri 'self'; \
             require-trusted-types-for 'script'"
        )
    );
    for (name, value) in [
        ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ("x-frame-options", "SAMEORIGIN"),
        ("x-xss-protection", "1; mode=block"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
    ] {
        assert_eq!(header(name), value, "{name}");
    }
}
