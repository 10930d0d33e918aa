//! The one error of a handler, and the layout that its pages and all others get.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::FromRef;
use axum::routing::{get, post};
use http::request::Builder;
use http::{HeaderMap, Method, Request, StatusCode, header};
use secure_forms::axum::{ProtectionLayer, RouteOf, handle, router};
use secure_forms::client_ip::Transport;
use secure_forms::csrf::OwnOrigins;
use secure_forms::form::FormPage;
use secure_forms::{
    Blank, Cause, Form, FormGuard, Html, Invalid, KeyRing, Nonce, PageContent, Refused, Routes, SafeRedirect,
    SecurityHeaders, Submitted, Valid, html, query, safe_path,
};
use tower::ServiceExt;

#[derive(Debug, Form)]
struct SignIn {
    #[field(length(..=32))]
    username: String,
}

#[derive(Debug, Form)]
struct Search {
    q: Option<String>,
}

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
}

#[derive(Debug, Routes)]
enum Typed {
    #[get("/users/{id}")]
    User { id: u64 },
}

async fn show(form: Blank<SignIn>) -> PageContent {
    form.page().into()
}

async fn sign_in(form: Submitted<SignIn>) -> Result<SafeRedirect, Refused> {
    let form = form.validate(&secure_forms::form::NoContext).await?;
    if form.username != "ada" {
        return Err(form.reject(Invalid::new("The name is not right.")).into());
    }
    Ok(form.return_to_or(safe_path!("/")))
}

fn own_page(form: FormPage<SignIn>) -> PageContent {
    PageContent::new("Come <in>", html! { h1 { "Come in" } (form.render()) })
}

async fn own(form: Submitted<SignIn>) -> Result<SafeRedirect, Refused> {
    let form = form.validate(&secure_forms::form::NoContext).await.map_err(|rejected| rejected.respond(own_page))?;
    Ok(form.return_to_or(safe_path!("/")))
}

async fn plain(_: Valid<SignIn>) -> &'static str {
    "ok"
}

async fn broken() -> Result<&'static str, Refused> {
    Err(Refused::internal(std::io::Error::other("the secret of the disc")))
}

async fn fails() -> &'static str {
    panic!("the secret of the handler")
}

async fn busy() -> Refused {
    Refused::of_status(StatusCode::SERVICE_UNAVAILABLE).retry_after(7)
}

async fn whole() -> Html {
    html! { (Html::DOCTYPE) html lang="en" { body { "whole" } } }
}

/// What the layout of these tests wants of a request.
struct Visit {
    path: String,
    head: http::request::Parts,
}

fn guard() -> FormGuard {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap());
    let forms = guard.clone();
    guard.with_layout(
        |head| Visit { path: head.uri.path().to_owned(), head: head.clone() },
        move |Visit { path, mut head }, page| {
            let nonce = Nonce::of_request(&head.extensions);
            let search = match path.as_str() {
                "/form-in-layout" | "/in" => forms.blank::<Search>(&mut head).ok(),
                "/layout-fails" => panic!("the secret of the layout"),
                _ => None,
            };
            html! {
                (Html::DOCTYPE)
                html lang=(page.lang()) {
                    head { title { (page.title()) " · Site" } }
                    body data-path=(path) data-status=(page.status().as_u16()) {
                        @if path == "/nonce" {
                            @if let Some(nonce) = nonce { @if let Ok(nonce) = nonce.value() { script nonce=(nonce) { "go()" } } }
                        }
                        @if let Some(search) = search { (search.page().render()) }
                        main { (page.content()) }
                    }
                }
            }
        },
    )
}

fn site(guard: FormGuard) -> Router {
    let protection = ProtectionLayer::new(&guard, &SecurityHeaders::modern());
    let about = async || PageContent::new("About", html! { p { "about" } });
    Router::new()
        .route("/in", get(show).post(sign_in))
        .route("/own", post(own))
        .route("/plain", post(plain))
        .route("/broken", get(broken))
        .route("/fails", get(fails))
        .route("/busy", get(busy))
        .route("/whole", get(whole))
        .route("/about", get(about))
        .route("/nonce", get(about))
        .route("/layout-fails", get(about))
        .route("/form-in-layout", get(about))
        .route("/text", get(async || (StatusCode::BAD_REQUEST, "mine")))
        .merge(router(TypedHandlers { user: handle(async |RouteOf(user): RouteOf<Typed>| format!("{user:?}")) }))
        .with_state(App { guard })
        .layer(protection)
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    cause: Option<Cause>,
    body: String,
}

async fn send(site: &Router, request: Builder, body: impl Into<Body>) -> Answer {
    let request = request.header(header::HOST, "app.example").extension(Transport::Tls).body(body.into()).unwrap();
    let response = site.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let cause = parts.extensions.get().cloned();
    Answer { status: parts.status, headers: parts.headers, cause, body: String::from_utf8(body.to_vec()).unwrap() }
}

async fn ask(path: &str) -> Answer {
    send(&site(guard()), Request::get(path), Body::empty()).await
}

impl Answer {
    fn is_in_layout(&self) -> bool {
        self.body.contains(" · Site</title>")
    }

    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// Opens `/in`, and sends `body` with its token to `path`.
async fn submit(path: &str, accept: &str, body: &str) -> Answer {
    let site = site(guard());
    let page = send(&site, Request::get("/in"), Body::empty()).await;
    let cookies: Vec<_> = page.headers.get_all(header::SET_COOKIE).iter().collect();
    assert_eq!(cookies.len(), 1, "one visitor, whichever forms the page has: {cookies:?}");
    let cookie = cookies[0].to_str().unwrap().split(';').next().unwrap().to_owned();
    // The page's own form stands after the layout's.
    let token = page.body.rsplit("name=\"csrf_token\" value=\"").next().unwrap().split('"').next().unwrap().to_owned();
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT, accept);
    send(&site, request, format!("csrf_token={token}&{body}")).await
}

#[tokio::test]
async fn a_form_that_passes_is_answered_by_its_handler() {
    let answer = submit("/in?next=/mine", "text/html", "username=ada").await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/mine"));
    assert!(answer.body.is_empty());
}

#[tokio::test]
async fn a_rejected_form_comes_again_in_the_layout() {
    for (body, sentence) in [("username=", "Username"), ("username=eve", "The name is not right.")] {
        let answer = submit("/in", "text/html", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.is_in_layout() && answer.body.contains(sentence), "{}", answer.body);
        assert!(answer.body.contains("<title>Sign in · Site") && answer.body.contains("data-status=\"422\""));
        assert_eq!(answer.header(header::CONTENT_LENGTH), answer.body.len().to_string());
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
    // An extractor's own rejection, which no handler sees.
    let answer = submit("/plain", "text/html", "username=").await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.is_in_layout());
}

#[tokio::test]
async fn a_client_that_asks_for_json_gets_problem_details_and_no_layout() {
    for path in ["/in", "/own", "/plain"] {
        let answer = submit(path, "application/json", "username=").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
        assert!(answer.body.starts_with('{') && !answer.is_in_layout(), "{}", answer.body);
    }
}

#[tokio::test]
async fn an_answer_can_have_its_own_page_in_the_layout() {
    let answer = submit("/own", "text/html", "username=").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("<title>Come &lt;in&gt; · Site") && answer.body.contains("<h1>Come in</h1>"));
}

#[tokio::test]
async fn an_errors_text_reaches_the_log_and_no_page() {
    let answer = ask("/broken").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.is_in_layout() && answer.body.contains("on our side") && !answer.body.contains("secret"));
    assert_eq!(answer.cause.unwrap().to_string(), "the secret of the disc");
}

#[test]
fn a_database_that_is_busy_is_503_and_any_other_error_of_it_500() {
    let refused =
        |code| Refused::from(query::Error::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None)));
    for (code, status) in
        [(5, 503), (6, 503), (8, 503), (10, 503), (13, 503), (266, 503), (1, 500), (11, 500), (26, 500)]
    {
        let refused = refused(code);
        assert_eq!((refused.status().as_u16(), refused.wait().is_some()), (status, status == 503), "{code}");
    }
}

#[tokio::test]
async fn what_the_library_and_the_router_refuse_is_in_the_layout() {
    for (path, status) in [
        ("/nowhere", StatusCode::NOT_FOUND),
        ("/users/none", StatusCode::NOT_FOUND),
        ("/own", StatusCode::METHOD_NOT_ALLOWED),
        ("/in?next=//evil.example", StatusCode::BAD_REQUEST),
        ("/fails", StatusCode::INTERNAL_SERVER_ERROR),
        ("/busy", StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let answer = ask(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.is_in_layout() && !answer.body.contains("secret"), "{path} {}", answer.body);
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8", "{path}");
        assert!(answer.headers.contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
    }
    assert_eq!(ask("/busy").await.header(header::RETRY_AFTER), "7");
    assert_eq!(ask("/own").await.header(header::ALLOW), "POST");
    let forged = Request::post("/own").header("origin", "https://evil.example");
    let forged = send(&site(guard()), forged, Body::empty()).await;
    assert!(forged.status == StatusCode::FORBIDDEN && forged.is_in_layout(), "{}", forged.body);
}

#[tokio::test]
async fn what_is_an_answer_of_its_own_stays_as_it_is() {
    assert!(ask("/whole").await.body.contains("<body>whole</body>"));
    assert_eq!(ask("/text").await.body, "mine");
    assert_eq!(ask("/users/7").await.body, "User { id: 7 }");
}

#[tokio::test]
async fn an_answer_to_another_host_or_over_plain_http_is_in_no_layout() {
    let site = site(guard());
    let to = |host, transport| {
        let request = Request::get("/about").header(header::HOST, host).extension(transport);
        site.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    for (host, transport, status) in [
        ("evil.example", Transport::Tls, StatusCode::MISDIRECTED_REQUEST),
        ("app.example", Transport::Plain, StatusCode::MOVED_PERMANENTLY),
    ] {
        let response = to(host, transport).await.unwrap();
        assert_eq!(response.status(), status);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("Site"), "{host}");
    }
}

#[tokio::test]
async fn head_has_the_length_of_the_page_and_no_body() {
    let (get, head) = (ask("/about").await, send(&site(guard()), Request::head("/about"), Body::empty()).await);
    assert!(get.is_in_layout() && head.body.is_empty());
    assert_eq!(head.header(header::CONTENT_LENGTH), get.body.len().to_string());
    let gone = send(&site(guard()), Request::builder().method(Method::HEAD).uri("/nowhere"), Body::empty()).await;
    assert_eq!((gone.status, gone.body.as_str()), (StatusCode::NOT_FOUND, ""));
}

#[tokio::test]
async fn the_policy_names_the_nonce_of_the_layout() {
    let answer = ask("/nonce").await;
    let nonce = answer.body.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(answer.header(header::CONTENT_SECURITY_POLICY).contains(&format!("'nonce-{nonce}'")));
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn a_form_of_the_layout_can_be_sent() {
    let answer = ask("/form-in-layout").await;
    assert!(answer.body.contains("csrf_token") && answer.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn a_layout_that_panics_costs_the_page_and_not_the_answer() {
    let answer = ask("/layout-fails").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.body.contains("secret") && answer.headers.contains_key(header::CONTENT_SECURITY_POLICY));
}

#[tokio::test]
async fn without_a_layout_pages_are_plain_documents() {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse("https://app.example").unwrap());
    let answer = send(&site(guard), Request::get("/about"), Body::empty()).await;
    assert!(answer.body.starts_with("<!DOCTYPE html>") && answer.body.contains("<title>About</title>"));
    assert!(!answer.headers.contains_key(header::CACHE_CONTROL));
}
