//! The tower layer that judges where a request comes from before any handler sees it: handlers without a form too.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::{Request, StatusCode};
use pin_project_lite::pin_project;
use tower_layer::Layer;
use tower_service::Service;

use crate::adapter::FormGuard;
use crate::session::{Csrf, CsrfExempt, CsrfRefusal, HeaderVerdict};

/// Refuses what another site sends, before any handler: requests other than `GET`, `HEAD` and `OPTIONS` whose `Sec-Fetch-Site`
/// or `Origin` speaks against them are answered by 403. A handler with a form asks for the form's token besides; a handler without
/// one has this layer alone.
///
/// ```
/// use axum::{Router, routing::post};
/// use secure_forms::{CsrfExempt, CsrfLayer, FormGuard, KeyRing, OwnOrigins};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let signed = CsrfExempt::dangerously_without_csrf_protection("the payment provider signs the body");
/// let app: Router = Router::new()
///     .route("/like", post(async || "liked"))
///     .route("/webhook", post(async || "noted"))
///     .layer(CsrfLayer::new(&guard).exempt("/webhook", signed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Stops CWE-352 in browsers that send `Sec-Fetch-Site` (Fetch Metadata Request Headers, section 2.3) or `Origin` (Fetch, section
/// 3.2) with what they post to another site; a request without both goes on, as those of programs are. What changes something with a
/// visitor's cookie should therefore be a form, whose token does not depend on the browser.
#[derive(Clone, Debug)]
pub struct CsrfLayer {
    gate: Arc<Gate>,
}

#[derive(Clone, Debug)]
struct Gate {
    csrf: Csrf,
    exempt: Vec<(String, CsrfExempt)>,
}

impl CsrfLayer {
    /// Judges by the guard's own and listed origins.
    #[must_use]
    pub fn new(guard: &FormGuard) -> Self {
        Self { gate: Arc::new(Gate { csrf: guard.csrf.clone(), exempt: Vec::new() }) }
    }

    /// Leaves one path without any CSRF protection: its headers are not looked at, and its forms need no token. The path is compared
    /// whole, as this layer sees it; a query has no part in it. Routes with parameters belong on a router without this layer.
    #[must_use]
    pub fn exempt(mut self, path: &str, why: CsrfExempt) -> Self {
        Arc::make_mut(&mut self.gate).exempt.push((path.to_owned(), why));
        self
    }
}

impl Gate {
    fn exemption(&self, path: &str) -> Option<CsrfExempt> {
        self.exempt.iter().find(|(exempt, _)| exempt == path).map(|(_, why)| *why)
    }

    /// Lets a request go on, or says why not.
    fn judge<B>(&self, request: &mut Request<B>) -> Result<(), CsrfRefusal> {
        if let Some(why) = self.exemption(request.uri().path()) {
            request.extensions_mut().insert(why);
            return Ok(());
        }
        match self.csrf.check_headers(request.method(), request.headers()) {
            HeaderVerdict::Refuse(refusal) => Err(CsrfRefusal::Headers(refusal)),
            HeaderVerdict::Safe | HeaderVerdict::GoOn(_) => Ok(()),
        }
    }
}

impl<S> Layer<S> for CsrfLayer {
    type Service = WithCsrf<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithCsrf { gate: Arc::clone(&self.gate), inner }
    }
}

/// The service that [`CsrfLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithCsrf<S> {
    gate: Arc<Gate>,
    inner: S,
}

impl<S, B> Service<Request<B>> for WithCsrf<S>
where
    S: Service<Request<B>>,
    S::Response: IntoResponse,
{
    type Response = AxumResponse;
    type Error = S::Error;
    type Future = CsrfFuture<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        let step = match self.gate.judge(&mut request) {
            Ok(()) => Step::Passed { inner: self.inner.call(request) },
            Err(refusal) => Step::Refused { refusal },
        };
        CsrfFuture { step }
    }
}

pin_project! {
    /// The future of [`WithCsrf`].
    pub struct CsrfFuture<F> {
        #[pin]
        step: Step<F>,
    }
}

pin_project! {
    #[project = StepNow]
    enum Step<F> {
        Passed { #[pin] inner: F },
        Refused { refusal: CsrfRefusal },
    }
}

impl<F, R, E> Future for CsrfFuture<F>
where
    F: Future<Output = Result<R, E>>,
    R: IntoResponse,
{
    type Output = Result<AxumResponse, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().step.project() {
            StepNow::Passed { inner } => inner.poll(cx).map_ok(IntoResponse::into_response),
            StepNow::Refused { refusal } => Poll::Ready(Ok(refusal.into_response())),
        }
    }
}

/// 403, and a sentence that names the layer which refused.
impl IntoResponse for CsrfRefusal {
    fn into_response(self) -> AxumResponse {
        (StatusCode::FORBIDDEN, format!("Nothing was done: {self}.")).into_response()
    }
}
