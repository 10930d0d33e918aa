//! Which requests may carry a form: a POST form is never bound by a request that only reads, a GET form by no other.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use secure_forms::axum::{SecurityHeadersLayer, handle, router};
use secure_forms::csrf::OwnOrigins;
use secure_forms::guard::Submission;
use secure_forms::{Blank, Form, FormGuard, KeyRing, Rejected, Routes, SecurityHeaders, Submitted, Valid};
use tower::ServiceExt;

const OWN: &str = "https://app.example";
const URLENCODED: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    done: Arc<AtomicUsize>,
}

#[derive(Debug, Form)]
struct DeleteAccount {
    id: u64,
}

#[derive(Debug, Form)]
#[form(method = get)]
struct Search {
    q: String,
    page: Option<u32>,
}

#[derive(Routes)]
enum Page {
    #[get("/delete")]
    Delete,
    #[get("/results?{tab}&{page}")]
    Results { tab: Option<String>, page: Option<u32> },
}

async fn delete(
    State(done): State<Arc<AtomicUsize>>,
    form: Result<Valid<DeleteAccount>, Rejected<DeleteAccount>>,
) -> Response {
    match form {
        Ok(_) => {
            done.fetch_add(1, Ordering::SeqCst);
            "deleted".into_response()
        }
        Err(rejected) => rejected.into_response(),
    }
}

async fn delete_by_hand(State(done): State<Arc<AtomicUsize>>, mut form: Submission) -> StatusCode {
    match form.bind::<DeleteAccount>() {
        Ok(_) => {
            done.fetch_add(1, Ordering::SeqCst);
            StatusCode::OK
        }
        Err(rejected) => rejected.status(),
    }
}

async fn submitted(State(done): State<Arc<AtomicUsize>>, form: Submitted<DeleteAccount>) -> StatusCode {
    match form.validate(&secure_forms::form::NoContext).await {
        Ok(_) => {
            done.fetch_add(1, Ordering::SeqCst);
            StatusCode::OK
        }
        Err(rejected) => rejected.status(),
    }
}

async fn search(State(done): State<Arc<AtomicUsize>>, form: Result<Valid<Search>, Rejected<Search>>) -> Response {
    match form {
        Ok(form) => {
            done.fetch_add(1, Ordering::SeqCst);
            form.q.clone().into_response()
        }
        Err(rejected) => rejected.into_response(),
    }
}

async fn empty_search(form: Blank<Search>) -> Response {
    form.page().action(&Page::Results { tab: Some("b c".to_owned()), page: Some(3) }).into_response()
}

fn app() -> (Router, Arc<AtomicUsize>) {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(OWN).unwrap());
    let done = Arc::new(AtomicUsize::new(0));
    let router = router(PageHandlers { delete: handle(delete), results: handle(search) })
        .route("/any", any(delete))
        .route("/both", get(delete).post(delete))
        .route("/by-hand", any(delete_by_hand))
        .route("/submitted", any(submitted))
        .route("/search", any(search))
        .route("/empty-search", get(empty_search))
        .with_state(App { guard, done: Arc::clone(&done) })
        .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
    (router, done)
}

/// The answer, and whether a handler did something.
async fn send(method: Method, uri: &str, headers: &[(&str, &str)], body: &'static str) -> (Response, bool) {
    let (app, done) = app();
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    (response, done.load(Ordering::SeqCst) > 0)
}

async fn html(response: Response) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

const READING: [Method; 2] = [Method::GET, Method::HEAD];
const IMAGE: [(&str, &str); 3] =
    [("sec-fetch-site", "cross-site"), ("sec-fetch-dest", "image"), ("referer", "https://evil.example/")];

#[tokio::test]
async fn a_post_form_is_bound_by_no_request_that_only_reads() {
    for uri in ["/delete?id=7", "/any?id=7", "/both?id=7", "/by-hand?id=7", "/submitted?id=7"] {
        for method in READING {
            for headers in [&IMAGE[..], &[("sec-fetch-site", "same-origin")], &[]] {
                let (response, done) = send(method.clone(), uri, headers, "").await;
                assert_eq!((response.status(), done), (StatusCode::METHOD_NOT_ALLOWED, false), "{method} {uri}");
            }
        }
    }
}

#[tokio::test]
async fn options_and_trace_bind_nothing() {
    for uri in ["/any?id=7", "/by-hand?id=7", "/submitted?id=7", "/search?q=x"] {
        for method in [Method::OPTIONS, Method::TRACE] {
            let (response, done) = send(method.clone(), uri, &[URLENCODED], "id=7&q=x").await;
            assert_eq!((response.status(), done), (StatusCode::METHOD_NOT_ALLOWED, false), "{method} {uri}");
        }
    }
}

#[tokio::test]
async fn the_answer_names_the_methods_that_may() {
    let (response, _) = send(Method::GET, "/any?id=7", &[], "").await;
    assert_eq!(response.headers()[header::ALLOW], "POST");
    let page = html(response).await;
    assert!(!page.contains("value=\"7\""), "nothing of the request is shown: {page}");
    let (response, _) = send(Method::POST, "/search", &[URLENCODED], "q=x").await;
    assert_eq!(response.headers()[header::ALLOW], "GET, HEAD");
}

#[tokio::test]
async fn a_get_form_reads_the_query_and_nothing_else() {
    assert!(send(Method::GET, "/search?q=x", &IMAGE, "").await.1);
    assert!(send(Method::HEAD, "/search?q=x", &[], "").await.1);
    let own = [URLENCODED, ("origin", OWN), ("sec-fetch-site", "same-origin")];
    for (uri, body) in [("/search", "q=x"), ("/search?q=x", "q=x"), ("/search?q=x", "")] {
        let (response, done) = send(Method::POST, uri, &own, body).await;
        assert_eq!((response.status(), done), (StatusCode::METHOD_NOT_ALLOWED, false), "{uri}");
    }
}

#[tokio::test]
async fn a_refused_get_form_comes_back_as_one() {
    let (response, done) = send(Method::GET, "/search?q=&page=x", &[], "").await;
    assert_eq!((response.status(), done), (StatusCode::UNPROCESSABLE_ENTITY, false));
    let page = html(response).await;
    assert!(page.contains("<form method=\"get\"") && !page.contains("csrf_token"), "{page}");
}

#[tokio::test]
async fn a_get_form_leaves_its_page_cacheable_and_sets_no_cookie() {
    for uri in ["/search?q=x", "/search?q=", "/empty-search"] {
        let (response, _) = send(Method::GET, uri, &[], "").await;
        assert_eq!(response.headers().get(header::SET_COOKIE), None, "{uri}");
        assert_eq!(response.headers().get(header::CACHE_CONTROL), None, "{uri}");
    }
}

#[tokio::test]
async fn what_a_get_form_does_not_know_does_not_break_it() {
    for extra in ["utm_campaign=caf%E9", "utm=%zz", "%zz=1", "%E9=1", "a&a&a"] {
        assert!(send(Method::GET, &format!("/search?q=x&{extra}"), &[], "").await.1, "{extra}");
    }
    for broken in ["q=%zz", "q=%E9", "q=x&q=y"] {
        let (response, done) = send(Method::GET, &format!("/search?{broken}"), &[], "").await;
        assert_eq!((response.status(), done), (StatusCode::BAD_REQUEST, false), "{broken}");
    }
}

/// A browser replaces the query of a GET form's action (HTML Standard, 4.10.22.3, "mutate action URL").
#[tokio::test]
async fn the_query_of_a_get_forms_action_goes_along_as_hidden_fields() {
    let page = html(send(Method::GET, "/empty-search", &[], "").await.0).await;
    assert!(page.contains("action=\"/results\""), "{page}");
    assert!(page.contains("<input type=\"hidden\" name=\"tab\" value=\"b c\" autocomplete=\"off\">"), "{page}");
    assert_eq!(page.matches("name=\"page\"").count(), 1, "the form's own field is the only one of its name: {page}");
}
