//! Forms through axum.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::Request;
use http_body_util::BodyExt;
use secure_forms::axum::SecurityHeadersLayer;
use secure_forms::csrf::OwnOrigins;
use secure_forms::form::{English, German};
use secure_forms::{Blank, FormGuard, KeyRing, Rejected, SecurityHeaders, Submitted, Valid, safe_path};
use tower::ServiceExt;

use any_adapter::{Note, ORIGIN, SignUp, Taken};

#[path = "any_adapter.rs"]
mod any_adapter;

#[derive(Clone, FromRef)]
struct App {
    guard: FormGuard,
    taken: Taken,
}

async fn blank(form: Blank<SignUp>) -> Response {
    form.page().into_response()
}

async fn sign_up(State(app): State<App>, form: Submitted<SignUp>) -> Response {
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

struct Site(Router);

impl Site {
    fn new() -> Self {
        let guard = FormGuard::new(KeyRing::generate().unwrap(), OwnOrigins::parse(ORIGIN).unwrap())
            .with_messages(&[("en", &English), ("de", &German)]);
        Self(
            Router::new()
                .route("/sign-up", get(blank).post(sign_up))
                .route("/note", get(note_page).post(note))
                .with_state(App { guard, taken: vec!["ada".to_owned()] })
                .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern())),
        )
    }

    async fn answer(&self, request: Request<String>) -> http::Response<String> {
        let (parts, body) = self.0.clone().oneshot(request.map(Body::from)).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        http::Response::from_parts(parts, String::from_utf8(bytes.to_vec()).unwrap())
    }
}

#[tokio::test]
async fn a_page_whose_language_was_chosen_says_so_to_caches() {
    let ask =
        |languages: &str| Request::get("/sign-up").header("accept-language", languages).body(String::new()).unwrap();
    for languages in ["de", "fr", ""] {
        let answer = Site::new().answer(ask(languages)).await;
        assert_eq!(answer.headers()["vary"], "accept-language", "{languages}");
    }
}
