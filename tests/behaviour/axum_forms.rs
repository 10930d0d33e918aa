//! Forms through axum: who may act, what comes back, and with which status.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use axum::Router;
use axum::body::Body;
use axum::extract::FromRef;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use secure_forms::{
    Blank, Form, FormGuard, Invalid, KeyRing, OwnOrigins, Rejected, Secret, SecurityHeaders, SecurityHeadersLayer,
    Submitted, Valid, safe_path,
};
use tower::ServiceExt;

const ORIGIN: &str = "https://app.example";

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    taken: Vec<String>,
}

#[derive(Debug, Form)]
#[form(context = Taken)]
struct SignUp {
    #[field(length(3..=32), check(async) = is_free)]
    username: String,
    #[field(length(8..=128))]
    password: Secret,
}

type Taken = Vec<String>;

async fn is_free(username: &str, taken: &Taken) -> Result<(), Invalid> {
    if taken.iter().any(|name| name == username) { Err(Invalid::new("This name is taken.")) } else { Ok(()) }
}

#[derive(Debug, Form)]
struct Note {
    text: String,
}

async fn blank(form: Blank<SignUp>) -> Response {
    form.page().into_response()
}

async fn sign_up(axum::extract::State(app): axum::extract::State<App>, form: Submitted<SignUp>) -> Response {
    match form.validate(&app.taken).await {
        Ok(valid) => valid.return_to_or(safe_path!("/home")).into_response(),
        Err(rejected) => rejected.into_response(),
    }
}

async fn note_page(form: Blank<Note>) -> Response {
    form.page().into_response()
}

async fn note(form: Result<Valid<Note>, Rejected<Note>>) -> Response {
    match form {
        Ok(valid) => valid.text.clone().into_response(),
        Err(rejected) => rejected.into_response(),
    }
}

fn app() -> Router {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(ORIGIN).unwrap());
    Router::new()
        .route("/sign-up", get(blank).post(sign_up))
        .route("/note", get(note_page).post(note))
        .with_state(App { guard, taken: vec!["ada".to_owned()] })
        .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()))
}

/// What a browser keeps between a page and the form's submission.
struct Page {
    cookie: String,
    token: String,
    html: String,
}

async fn open(app: &Router, path: &str) -> Page {
    let response = app.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let html = text(response).await.1;
    let token = html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    Page { cookie, token, html }
}

async fn text(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn post(app: &Router, path: &str, page: &Page, body: String, extra: &[(&str, &str)]) -> Response {
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, &page.cookie);
    for (name, value) in extra {
        request = request.header(*name, *value);
    }
    app.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_form_with_its_token_is_accepted() {
    let app = app();
    let page = open(&app, "/sign-up").await;
    let body = format!("csrf_token={}&username=grace&password=correct+horse", page.token);
    let response = post(&app, "/sign-up?next=%2Fprofile", &page, body, &[("origin", ORIGIN)]).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/profile");
}

#[tokio::test]
async fn a_form_without_its_token_is_forbidden() {
    let app = app();
    let page = open(&app, "/note").await;
    let (status, html) = text(post(&app, "/note", &page, "text=hello".to_owned(), &[]).await).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(!html.contains("hello"), "what another site sent is not shown");
}

#[tokio::test]
async fn a_token_of_another_form_is_forbidden() {
    let app = app();
    let page = open(&app, "/sign-up").await;
    let response = post(&app, "/note", &page, format!("csrf_token={}&text=x", page.token), &[]).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_without_the_visitors_cookie_is_forbidden() {
    let app = app();
    let mut page = open(&app, "/note").await;
    page.cookie = "theme=dark".to_owned();
    let response = post(&app, "/note", &page, format!("csrf_token={}&text=x", page.token), &[]).await;
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn another_site_is_forbidden_even_with_a_token() {
    let app = app();
    let page = open(&app, "/note").await;
    let body = format!("csrf_token={}&text=x", page.token);
    for header in
        [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")]
    {
        let response = post(&app, "/note", &page, body.clone(), &[header]).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{header:?}");
    }
    let own = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    assert_eq!(post(&app, "/note", &page, body, &own).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_token_that_no_longer_fits_shows_the_form_again_for_an_own_page() {
    let (old, new) = (app(), app());
    let page = open(&old, "/note").await;
    let body = format!("csrf_token={}&text=typed+for+an+hour", page.token);
    let own = [("origin", ORIGIN), ("sec-fetch-site", "same-origin")];
    let (status, html) = text(post(&new, "/note", &page, body.clone(), &own).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("typed for an hour") && html.contains("open too long"), "{html}");
    assert_eq!(post(&new, "/note", &page, body, &[]).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn problems_come_back_with_the_text_and_without_the_password() {
    let app = app();
    let page = open(&app, "/sign-up").await;
    let body = format!("csrf_token={}&username=%3Cb%3E&password=short+%3C", page.token);
    let (status, html) = text(post(&app, "/sign-up", &page, body, &[]).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("value=\"&lt;b&gt;\""), "{html}");
    assert!(!html.contains("short"), "{html}");
    assert!(html.contains("Password needs at least 8 characters."), "{html}");
}

#[tokio::test]
async fn an_asynchronous_check_stands_beside_its_field() {
    let app = app();
    let page = open(&app, "/sign-up").await;
    let body = format!("csrf_token={}&username=ada&password=correct+horse", page.token);
    let (status, html) = text(post(&app, "/sign-up", &page, body, &[]).await).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("id=\"sign-up-username-error\">This name is taken."), "{html}");
}

#[tokio::test]
async fn what_an_asynchronous_check_finds_stands_beside_what_is_wrong_elsewhere() {
    let app = app();
    let page = open(&app, "/sign-up").await;
    for (username, is_told) in [("ada", true), ("grace", false)] {
        let body = format!("csrf_token={}&username={username}&password=short", page.token);
        let (status, html) = text(post(&app, "/sign-up", &page, body, &[]).await).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(html.contains("This name is taken."), is_told, "{html}");
        assert!(html.contains("id=\"sign-up-password-error\""), "{html}");
    }
    // A field that is wrong already is not asked about, and neither is one of a request that may not act.
    for body in
        [format!("csrf_token={}&username=a&password=correct+horse", page.token), "username=ada&password=x".into()]
    {
        let (_, html) = text(post(&app, "/sign-up", &page, body, &[]).await).await;
        assert!(!html.contains("This name is taken."), "{html}");
    }
}

#[tokio::test]
async fn a_next_off_the_site_is_a_bad_request() {
    let app = app();
    let page = open(&app, "/note").await;
    for (query, body) in [("?next=//evil.test", ""), ("?next=/a", "&next=/b"), ("", "&next=https://evil.test/")] {
        let body = format!("csrf_token={}&text=x{body}", page.token);
        let response = post(&app, &format!("/note{query}"), &page, body, &[]).await;
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn a_client_that_asks_for_json_gets_problem_details() {
    let app = app();
    let page = open(&app, "/note").await;
    let body = format!("csrf_token={}&text=", page.token);
    let response = post(&app, "/note", &page, body, &[("accept", "application/json")]).await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let (_, json) = text(response).await;
    let problem: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(problem["status"], 422);
    assert_eq!(problem["errors"][0]["pointer"], "#/text");
    assert_eq!(problem["errors"][0]["detail"], "Text is required.");
}

#[tokio::test]
async fn two_tokens_of_one_form_share_no_part_and_both_are_good() {
    let app = app();
    let page = open(&app, "/note").await;
    let again = open(&app, "/note").await;
    assert_ne!(page.token, again.token);
    assert!(page.html.contains("<form method=\"post\""));
}
