//! Handlers without a form behind the layer that judges where a request comes from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::routing::{get, post};
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use secure_forms::axum::CsrfLayer;
use secure_forms::csrf::{CsrfExempt, OwnOrigins};
use secure_forms::redirect::Origin;
use secure_forms::{Form, FormGuard, KeyRing, Rejected, Valid};
use tower::ServiceExt;

const OWN: &str = "https://app.example";

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    done: Arc<AtomicUsize>,
}

#[derive(Debug, Form)]
struct Event {
    name: String,
}

async fn act(State(done): State<Arc<AtomicUsize>>) -> &'static str {
    done.fetch_add(1, Ordering::SeqCst);
    "done"
}

async fn event(State(done): State<Arc<AtomicUsize>>, form: Result<Valid<Event>, Rejected<Event>>) -> StatusCode {
    form.map_or_else(
        |rejected| rejected.status(),
        |_| {
            done.fetch_add(1, Ordering::SeqCst);
            StatusCode::OK
        },
    )
}

fn app() -> (Router, Arc<AtomicUsize>) {
    let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(OWN).unwrap())
        .with_listed_origins([Origin::parse("https://accounts.example").unwrap()]);
    let signed = CsrfExempt::dangerously_without_csrf_protection("the sender signs the body");
    let done = Arc::new(AtomicUsize::new(0));
    let router = Router::new()
        .route("/act", get(act).post(act).delete(act))
        .route("/webhook/other", post(act))
        .route("/protected-event", post(event))
        .layer(CsrfLayer::new(&guard))
        .merge(Router::new().route("/webhook", post(act)).route("/event", post(event)).layer(signed))
        .with_state(App { guard, done: Arc::clone(&done) });
    (router, done)
}

/// The status of a request with these headers, and whether it did something.
async fn send(method: Method, path: &str, headers: &[(&str, &str)], body: &'static str) -> (StatusCode, bool) {
    let (app, done) = app();
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    (response.status(), done.load(Ordering::SeqCst) > 0)
}

const FOREIGN: [&[(&str, &str)]; 7] = [
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site")],
    &[("sec-fetch-site", "elsewhere")],
    &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "same-origin")],
    &[("origin", "https://evil.example")],
    &[("origin", "null")],
    &[("origin", "https://app.example.evil.example")],
];

#[tokio::test]
async fn another_site_reaches_no_handler_that_changes_something() {
    for headers in FOREIGN {
        for method in [Method::POST, Method::DELETE] {
            assert_eq!(send(method, "/act", headers, "").await, (StatusCode::FORBIDDEN, false), "{headers:?}");
        }
    }
}

#[tokio::test]
async fn own_pages_and_programs_reach_it() {
    let own: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "same-origin")],
        &[("sec-fetch-site", "none")],
        &[("origin", OWN)],
        &[("origin", "https://accounts.example"), ("sec-fetch-site", "cross-site")],
        &[],
    ];
    for headers in own {
        assert_eq!(send(Method::POST, "/act", headers, "").await, (StatusCode::OK, true), "{headers:?}");
    }
}

#[tokio::test]
async fn a_web_socket_handshake_is_judged_as_a_post_is() {
    for upgrade in ["websocket", "WebSocket", "h2c, websocket", "websocket/13"] {
        for headers in FOREIGN {
            let headers = [headers, &[("upgrade", upgrade)]].concat();
            assert_eq!(send(Method::GET, "/act", &headers, "").await, (StatusCode::FORBIDDEN, false), "{headers:?}");
        }
        let own = [("upgrade", upgrade), ("origin", OWN)];
        assert_eq!(send(Method::GET, "/act", &own, "").await, (StatusCode::OK, true), "{upgrade}");
    }
    for headers in FOREIGN {
        let (status, done) = send(Method::CONNECT, "/act", headers, "").await;
        assert_eq!((status, done), (StatusCode::FORBIDDEN, false), "extended CONNECT (RFC 8441): {headers:?}");
    }
}

#[tokio::test]
async fn what_only_reads_is_not_asked() {
    for headers in FOREIGN {
        assert_eq!(send(Method::GET, "/act", headers, "").await, (StatusCode::OK, true), "{headers:?}");
    }
}

#[tokio::test]
async fn an_exempt_router_takes_all_and_its_neighbours_do_not() {
    let foreign = [("origin", "https://payments.example")];
    assert_eq!(send(Method::POST, "/webhook", &foreign, "").await, (StatusCode::OK, true));
    assert_eq!(send(Method::POST, "/webhook?x=/act", &foreign, "").await, (StatusCode::OK, true));
    for path in ["/webhook/other", "/act?/webhook", "/act"] {
        assert_eq!(send(Method::POST, path, &foreign, "").await, (StatusCode::FORBIDDEN, false), "{path}");
    }
}

#[tokio::test]
async fn a_form_on_an_exempt_router_needs_no_token_and_elsewhere_it_does() {
    let headers =
        [("origin", "https://payments.example"), (header::CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")];
    assert_eq!(send(Method::POST, "/event", &headers, "name=paid").await, (StatusCode::OK, true));
    assert_eq!(send(Method::POST, "/event", &headers, "name=").await, (StatusCode::UNPROCESSABLE_ENTITY, false));
    let own = [("origin", OWN), headers[1]];
    assert_eq!(send(Method::POST, "/protected-event", &own, "name=paid").await, (StatusCode::FORBIDDEN, false));
}

#[tokio::test]
async fn the_answer_says_that_nothing_was_done_and_nothing_of_the_request() {
    let request = Request::post("/act").header("origin", "https://evil.example").body(Body::empty()).unwrap();
    let response = app().0.oneshot(request).await.unwrap();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let text = String::from_utf8(body.to_vec()).unwrap();
    assert!(text.starts_with("Nothing was done") && !text.contains("evil"), "{text}");
}
