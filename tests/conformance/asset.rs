//! Static files: the tag carries the hash, the URL changes with the bytes, the router serves what the table holds and nothing else.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::{Request, StatusCode};
use secure_forms::asset::{Asset, AssetSet, Script, StaticFile, Stylesheet};
use secure_forms::axum::SecurityHeadersLayer;
use secure_forms::download::{Download, InlineMedia};
use secure_forms::{Nonce, SecurityHeaders, asset, remote_asset};
use tower::util::ServiceExt;

const HELLO: Asset<Script> = asset!("assets/hello.js");
const PAGE: Asset<Stylesheet> = asset!("assets/page.css");
const DOT: Asset<StaticFile> = asset!("assets/dot.svg");

/// Of the recommendation's own example (Subresource Integrity, section 3.1).
const HELLO_HASH: &str = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";

fn site() -> Router {
    Router::new()
        .merge(AssetSet::new([HELLO.file(), PAGE.file(), DOT.file()]).router())
        .route("/", get(async |nonce: Nonce| HELLO.tag_with_nonce(&nonce).unwrap()))
        .route("/file", get(async || (Download::new("../x.html"), "<script>alert(1)</script>")))
        .route("/shown", get(async || (InlineMedia::new("a.png", "image/png").unwrap(), vec![0x89_u8])))
        .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()))
}

async fn get_path(path: &str) -> axum::response::Response {
    site().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap()
}

#[test]
fn the_tag_carries_hash_and_cors() {
    let url = HELLO.url();
    assert_eq!(HELLO.integrity(), HELLO_HASH);
    assert_eq!(
        HELLO.tag().as_str(),
        format!("<script defer src=\"{url}\" integrity=\"{HELLO_HASH}\" crossorigin=\"anonymous\"></script>")
    );
    assert!(PAGE.tag().as_str().starts_with("<link rel=\"stylesheet\" href=\"/assets/page."));
}

/// What generated code may call is reachable for everybody, with any text that lives long enough.
#[test]
fn an_address_that_no_macro_wrote_leads_nowhere() {
    use secure_forms::__private_0_1::{local_asset, remote_asset_of};

    let text = |text: &str| -> &'static str { text.to_owned().leak() };
    for url in ["https://evil.example/x.js", "//evil.example/x.js", "javascript:alert(1)", "/a\"onload=alert(1)//"] {
        let local: Asset<Script> = local_asset(text(url), HELLO_HASH, text("a\r\nset-cookie: b"), b"");
        assert_eq!(local.url(), "about:invalid", "{url}");
        assert_eq!(local.file().headers()["content-type"], "application/octet-stream");
    }
    for url in ["http://cdn.example.org/x.js", "javascript:alert(1)", "/x.js"] {
        assert_eq!(remote_asset_of::<Script>(text(url), HELLO_HASH).url(), "about:invalid", "{url}");
    }
    let unpinned = remote_asset_of::<Script>("https://cdn.example.org/x.js", "\"");
    assert!(unpinned.integrity().starts_with("sha384-AAAA"));
    assert_eq!(local_asset::<Script>(HELLO.url(), HELLO_HASH, "text/javascript", b"").url(), HELLO.url());
}

#[test]
fn the_url_holds_a_part_of_the_hash() {
    assert_eq!(HELLO.url(), "/assets/hello.1fc05187c8f8f0ef.js");
    assert_eq!(secure_forms::asset::integrity(HELLO.file().bytes()), HELLO.integrity());
}

#[test]
fn the_kind_of_a_remote_asset_can_be_said() {
    let style = remote_asset!(
        "https://cdn.example.org/css?v=1&x",
        "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO",
        stylesheet
    );
    assert!(
        style
            .tag()
            .as_str()
            .starts_with("<link rel=\"stylesheet\" href=\"https://cdn.example.org/css?v=1&amp;x\" integrity=\"")
    );
}

#[tokio::test]
async fn assets_are_served_for_a_year_with_their_type() {
    for (url, content_type) in [
        (HELLO.url(), "text/javascript; charset=utf-8"),
        (PAGE.url(), "text/css; charset=utf-8"),
        (DOT.url(), "image/svg+xml"),
    ] {
        let response = get_path(url).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], content_type);
        assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn nothing_else_is_served() {
    for path in [
        "/assets/hello.js",
        "/assets/",
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/assets/hello.0000000000000000.js",
    ] {
        assert_eq!(get_path(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_tag_with_nonce_has_the_nonce_of_the_policy() {
    let response = get_path("/").await;
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let page = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap();
    let nonce = page.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(policy.contains(&format!("script-src 'nonce-{nonce}' 'strict-dynamic'")), "{policy}");
}

#[tokio::test]
async fn a_download_is_saved_and_never_run() {
    let response = get_path("/file").await;
    assert_eq!(response.headers()["content-disposition"], "attachment; filename=\"x.html\"");
    assert_eq!(response.headers()["content-type"], "application/octet-stream");
    assert_eq!(response.headers()["content-security-policy"], "default-src 'none'; sandbox");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
}

#[tokio::test]
async fn a_picture_is_shown() {
    let response = get_path("/shown").await;
    assert_eq!(response.headers()["content-type"], "image/png");
    assert_eq!(response.headers()["content-disposition"], "inline; filename=\"a.png\"");
}
