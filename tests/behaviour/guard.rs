//! What the guard decides around a form: typed routes without a form, whom tokens are bound to, arrivals from another site, the
//! way back after a late problem.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use secure_forms::axum::{CsrfLayer, ProtectionLayer, SecurityHeadersLayer, handle, router};
use secure_forms::csrf::{Binding, OwnOrigins};
use secure_forms::form::{CheckError, NoContext};
use secure_forms::redirect::ReturnToPolicy;
use secure_forms::session::{ARRIVAL_COOKIE, Arrival, SESSION_COOKIE, SessionId};
use secure_forms::{
    Blank, Form, FormGuard, Invalid, KeyRing, Routes, Secret, SecurityHeaders, Submitted, Upload, safe_path,
};
use tower::ServiceExt;

const OWN: &str = "https://app.example";
const FOREIGN: [(&str, &str); 2] = [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    done: Arc<AtomicUsize>,
}

#[derive(Debug, Form)]
#[form(context = Arc<AtomicUsize>)]
struct SignIn {
    #[field(check(async) = is_known)]
    name: String,
    password: Secret,
}

/// For one name the database is gone, another is not in it.
async fn is_known(name: &str, _: &Arc<AtomicUsize>) -> Result<(), CheckError> {
    match name {
        "gone" => Err(std::io::Error::other("the database at db.internal is gone"))?,
        "stranger" => Err(Invalid::new("Nobody has this name.").into()),
        _ => Ok(()),
    }
}

#[derive(Debug, Form)]
struct Picture {
    title: String,
    file: Option<Upload>,
}

#[derive(Routes)]
enum Page {
    #[get("/sign-in")]
    SignIn,
    #[get("/events")]
    Events,
}

#[derive(Routes)]
enum Action {
    #[post("/like")]
    Like,
    #[post("/hook", dangerously_without_csrf = "the provider signs the body")]
    Hook,
    #[post("/sign-in")]
    SignIn,
    #[post("/picture")]
    Picture,
}

async fn act(State(done): State<Arc<AtomicUsize>>) -> &'static str {
    done.fetch_add(1, Ordering::SeqCst);
    "done"
}

async fn sign_in_page(form: Blank<SignIn>) -> Response {
    form.page().action(&Action::SignIn).into_response()
}

async fn picture_page(form: Blank<Picture>) -> Response {
    form.page().action(&Action::Picture).into_response()
}

async fn sign_in(State(done): State<Arc<AtomicUsize>>, form: Submitted<SignIn>) -> Response {
    let form = match form.validate(&done).await {
        Ok(form) => form,
        Err(rejected) => return rejected.into_response(),
    };
    if form.password.expose() != "right" {
        return form.reject(Invalid::new("The name or the password is not right.")).into_response();
    }
    done.fetch_add(1, Ordering::SeqCst);
    form.return_to_or(safe_path!("/home")).into_response()
}

async fn picture(form: Submitted<Picture>) -> Response {
    match form.validate(&NoContext).await {
        Ok(form) => form.return_to_or(safe_path!("/home")).into_response(),
        Err(rejected) => rejected.into_response(),
    }
}

fn guard() -> FormGuard {
    FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(OWN).unwrap())
}

fn bare(guard: FormGuard) -> (Router, Arc<AtomicUsize>) {
    let done = Arc::new(AtomicUsize::new(0));
    let pages = PageHandlers { sign_in: handle(sign_in_page), events: handle(act) };
    let actions =
        ActionHandlers { like: handle(act), hook: handle(act), sign_in: handle(sign_in), picture: handle(picture) };
    let app = router(pages).merge(router(actions)).route("/picture", get(picture_page));
    (app.with_state(App { guard, done: Arc::clone(&done) }), done)
}

fn app_with(guard: FormGuard) -> (Router, Arc<AtomicUsize>) {
    let (router, done) = bare(guard);
    (router.layer(SecurityHeadersLayer::new(&SecurityHeaders::modern())), done)
}

fn request(method: &str, uri: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

async fn text(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

/// The cookies that a response sets, as a browser sends them back.
fn cookies(response: &Response) -> String {
    let lines = response.headers().get_all(header::SET_COOKIE).iter();
    lines.map(|line| line.to_str().unwrap().split(';').next().unwrap()).collect::<Vec<_>>().join("; ")
}

fn token(html: &str) -> String {
    html.split("name=\"csrf_token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// A page's cookie and token.
async fn open(app: &Router, uri: &str, headers: &[(&str, &str)]) -> (String, String) {
    let response = app.clone().oneshot(request("GET", uri, headers, "")).await.unwrap();
    let cookies = cookies(&response);
    (cookies, token(&text(response).await))
}

const URLENCODED: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_typed_action_without_a_form_is_closed_to_other_sites() {
    for headers in FOREIGN {
        let (app, done) = app_with(guard());
        let response = app.oneshot(request("POST", "/like", &[headers], "")).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::FORBIDDEN, 0), "{headers:?}");
    }
    let (app, done) = app_with(guard());
    let response = app.oneshot(request("POST", "/like", &[("origin", OWN)], "")).await.unwrap();
    assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::OK, 1));
}

#[tokio::test]
async fn an_exemption_stands_at_its_variant_and_reaches_no_further() {
    for headers in FOREIGN {
        let (app, done) = app_with(guard());
        let response = app.oneshot(request("POST", "/hook", &[headers], "")).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::OK, 1), "{headers:?}");
    }
    assert_eq!(Action::ROUTES.iter().filter(|route| route.csrf_exempt.is_some()).count(), 1);
    assert_eq!(Action::Hook.route().unwrap().csrf_exempt, Some("the provider signs the body"));
}

#[tokio::test]
async fn an_exempt_variant_is_reached_through_all_layers_and_its_neighbours_are_not() {
    let guard = guard();
    let csrf = CsrfLayer::new(&guard).exemptions_of::<Action>();
    let layers = ProtectionLayer::new(&guard, &SecurityHeaders::modern().behind_tls_proxy()).csrf(csrf);
    let (app, done) = bare(guard);
    let app = app.layer(layers);
    let headers = [("host", "app.example"), FOREIGN[0]];
    let response = app.clone().oneshot(request("POST", "/hook", &headers, "")).await.unwrap();
    assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::OK, 1));
    for uri in ["/like", "/hook/", "/hook/other", "//hook"] {
        let response = app.clone().oneshot(request("POST", uri, &headers, "")).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::FORBIDDEN, 1), "{uri}");
    }
}

#[tokio::test]
async fn a_web_socket_from_another_site_reaches_no_typed_page() {
    for headers in FOREIGN {
        let (app, done) = app_with(guard());
        let headers = [headers, ("upgrade", "websocket"), ("connection", "upgrade")];
        let response = app.oneshot(request("GET", "/events", &headers, "")).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::FORBIDDEN, 0), "{headers:?}");
    }
}

#[tokio::test]
async fn without_the_headers_layer_no_page_has_a_token() {
    let response = bare(guard()).0.oneshot(request("GET", "/sign-in", &[], "")).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!text(response).await.contains("csrf_token"));
    let (app, _) = bare(guard());
    let response = app.oneshot(request("POST", "/sign-in", &[URLENCODED, SAME], "name=a&password=b")).await.unwrap();
    assert!(!text(response).await.contains("csrf_token"), "nor has a page that shows the form again");
    let response = app_with(guard()).0.oneshot(request("GET", "/sign-in", &[], "")).await.unwrap();
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn tokens_are_bound_to_the_session_that_the_hook_finds() {
    let guard = guard()
        .with_binding(|request| Binding::foreign_session(request.headers.get("x-their-session")?.to_str().ok()?).ok());
    let (app, done) = app_with(guard);
    let (one, other) = (("x-their-session", "0123456789abcdef-one"), ("x-their-session", "0123456789abcdef-two"));
    let (cookie, token) = open(&app, "/sign-in", &[one]).await;
    assert_eq!(cookie, "", "a session needs no visitor's cookie");
    let body = format!("csrf_token={token}&name=ada&password=right");
    for (session, status, acted) in [(other, StatusCode::FORBIDDEN, 0), (one, StatusCode::SEE_OTHER, 1)] {
        let response =
            app.clone().oneshot(request("POST", "/sign-in", &[URLENCODED, session], body.clone())).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (status, acted));
    }
}

#[tokio::test]
async fn a_browser_without_cookies_is_told_that_they_are_needed() {
    let (app, _) = app_with(guard());
    let (_, token) = open(&app, "/sign-in", &[]).await;
    let body = format!("csrf_token={token}&name=typed&password=right");
    let response = app.oneshot(request("POST", "/sign-in", &[URLENCODED, SAME, ("origin", OWN)], body)).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = text(response).await;
    assert!(html.contains("cookies") && !html.contains("too long") && html.contains("value=\"typed\""), "{html}");
}

#[tokio::test]
async fn a_late_problem_shows_the_form_again_with_a_good_token() {
    let (app, done) = app_with(guard());
    let (cookie, token) = open(&app, "/sign-in?next=%2Fmine", &[]).await;
    let headers = [URLENCODED, SAME, ("cookie", cookie.as_str())];
    let body = format!("csrf_token={token}&name=ada&password=hunter2");
    let response = app.clone().oneshot(request("POST", "/sign-in?next=%2Fmine", &headers, body)).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let html = text(response).await;
    assert!(html.contains("The name or the password is not right.") && html.contains("value=\"ada\""), "{html}");
    assert!(!html.contains("hunter2") && html.contains("next=/mine"), "{html}");
    let body = format!("csrf_token={}&name=ada&password=right", self::token(&html));
    let response = app.oneshot(request("POST", "/sign-in?next=%2Fmine", &headers, body)).await.unwrap();
    assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::SEE_OTHER, 1));
    assert_eq!(response.headers()[header::LOCATION], "/mine");
}

#[tokio::test]
async fn a_check_that_cannot_be_made_is_neither_fine_nor_wrong() {
    let (app, done) = app_with(guard());
    let (cookie, token) = open(&app, "/sign-in", &[]).await;
    let headers = [URLENCODED, SAME, ("cookie", cookie.as_str())];
    for (name, status, sentence) in [
        ("gone", StatusCode::SERVICE_UNAVAILABLE, "cannot be checked at the moment"),
        ("stranger", StatusCode::UNPROCESSABLE_ENTITY, "Nobody has this name."),
    ] {
        let body = format!("csrf_token={token}&name={name}&password=right");
        let response = app.clone().oneshot(request("POST", "/sign-in", &headers, body)).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (status, 0), "{name}");
        let html = text(response).await;
        assert!(html.contains(sentence) && html.contains(&format!("value=\"{name}\"")), "{html}");
        assert!(!html.contains("db.internal"), "what the driver says is for the log: {html}");
    }
}

/// One rule for both encodings (design, section 4): off the site and doubled are refused, a good one is followed.
#[tokio::test]
async fn a_next_in_a_multipart_body_is_judged_as_any_other() {
    let (app, _) = app_with(guard());
    let (cookie, token) = open(&app, "/picture", &[]).await;
    let headers = [SAME, ("cookie", cookie.as_str()), ("content-type", "multipart/form-data; boundary=XX")];
    let part =
        |name: &str, value: &str| format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    for (query, next, status, location) in [
        ("", &["/mine"][..], StatusCode::SEE_OTHER, Some("/mine")),
        ("", &["//evil.test"], StatusCode::BAD_REQUEST, None),
        ("", &["/a", "/a"], StatusCode::BAD_REQUEST, None),
        ("?next=/a", &["/a"], StatusCode::BAD_REQUEST, None),
        ("", &[""], StatusCode::SEE_OTHER, Some("/home")),
    ] {
        let next: String = next.iter().map(|value| part("next", value)).collect();
        let body = format!("{}{next}{}--XX--\r\n", part("csrf_token", &token), part("title", "typed"));
        let response = app.clone().oneshot(request("POST", &format!("/picture{query}"), &headers, body)).await.unwrap();
        let target = response.headers().get(header::LOCATION).map(|target| target.to_str().unwrap());
        assert_eq!((response.status(), target), (status, location), "{query} {next}");
    }
}

#[tokio::test]
async fn falling_back_is_one_policy_for_both_encodings() {
    let (app, _) = app_with(guard().with_return_to_policy(ReturnToPolicy::FallBack));
    let (cookie, token) = open(&app, "/picture", &[]).await;
    let multipart = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n{token}\r\n--XX\r\n\
         Content-Disposition: form-data; name=\"next\"\r\n\r\n//evil.test\r\n--XX\r\n\
         Content-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n--XX--\r\n"
    );
    let urlencoded = format!("csrf_token={token}&next=//evil.test&title=x");
    for (kind, body) in
        [("multipart/form-data; boundary=XX", multipart), ("application/x-www-form-urlencoded", urlencoded)]
    {
        let headers = [SAME, ("cookie", cookie.as_str()), ("content-type", kind)];
        let response = app.clone().oneshot(request("POST", "/picture", &headers, body)).await.unwrap();
        assert_eq!(response.headers()[header::LOCATION], "/home", "{kind}");
    }
}

/// The cookies of somebody who is signed in.
fn signed_in(guard: &FormGuard) -> (String, String) {
    let line = |line: http::HeaderValue| line.to_str().unwrap().split(';').next().unwrap().to_owned();
    let session = guard.cookies().set(&SESSION_COOKIE, &SessionId::generate()).unwrap();
    let arrival = guard.cookies().set(&ARRIVAL_COOKIE, &Arrival).unwrap();
    (line(session.into()), line(arrival.into()))
}

#[tokio::test]
async fn who_arrives_by_a_link_is_asked_to_come_once_more_from_here() {
    let guard = guard();
    let (session, arrival) = signed_in(&guard);
    let (app, done) = app_with(guard);
    let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("cookie", arrival.as_str())];
    for uri in ["/sign-in", "/events", "/picture"] {
        let response = app.clone().oneshot(request("GET", uri, &link, "")).await.unwrap();
        assert_eq!((response.status(), done.load(Ordering::SeqCst)), (StatusCode::OK, 0), "{uri}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{uri}");
        assert_eq!(response.headers().get(header::SET_COOKIE), None, "no visitor's cookie: {uri}");
        let html = text(response).await;
        assert!(html.contains("http-equiv=\"refresh\" content=\"0\"") && !html.contains("csrf_token"), "{html}");
    }
    let both = format!("{session}; {arrival}");
    let again = [SAME, ("sec-fetch-mode", "navigate"), ("cookie", both.as_str())];
    let (_, token) = open(&app, "/sign-in", &again).await;
    let body = format!("csrf_token={token}&name=ada&password=right");
    let send = [SAME, URLENCODED, ("cookie", both.as_str())];
    assert_eq!(app.oneshot(request("POST", "/sign-in", &send, body)).await.unwrap().status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_page_for_somebody_signed_in_sees_to_the_arrival_cookie() {
    let guard = guard();
    let (session, arrival) = signed_in(&guard);
    let (app, _) = app_with(guard);
    let response = app.clone().oneshot(request("GET", "/sign-in", &[("cookie", &session)], "")).await.unwrap();
    let line = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(line.starts_with("__Host-arrival=") && line.contains("SameSite=Lax"), "{line}");
    let both = format!("{session}; {arrival}");
    let response = app.oneshot(request("GET", "/sign-in", &[("cookie", &both)], "")).await.unwrap();
    assert_eq!(response.headers().get(header::SET_COOKIE), None);
}
