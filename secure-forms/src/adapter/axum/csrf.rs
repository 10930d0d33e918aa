//! The tower layer that judges where a request comes from before any handler sees it: handlers without a form too.

use std::task::{Context, Poll};

use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use super::judged::Judged;
use crate::guard::{CsrfGate, FormGuard};
use crate::route::Routes;
use crate::session::CsrfExempt;

/// Refuses what another site sends to a router that was made by hand, before any handler: requests other than `GET`, `HEAD` and
/// `OPTIONS`, and WebSocket handshakes, whose `Sec-Fetch-Site` or `Origin` speaks against them are answered by 403. A handler with
/// a form asks for the form's token besides; a handler without one has this layer alone.
///
/// Routes of [`router`](crate::axum::router) judge by themselves and need no layer.
///
/// ```
/// use axum::{Router, routing::post};
/// use secure_forms::axum::CsrfLayer;
/// use secure_forms::csrf::{CsrfExempt, OwnOrigins};
/// use secure_forms::{FormGuard, KeyRing};
///
/// let guard = FormGuard::new(KeyRing::generate()?, OwnOrigins::parse("https://app.example")?);
/// let signed = CsrfExempt::dangerously_without_csrf_protection("the payment provider signs the body");
/// let app: Router = Router::new()
///     .route("/like", post(async || "liked"))
///     .layer(CsrfLayer::new(&guard))
///     .merge(Router::new().route("/webhook", post(async || "noted")).layer(signed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
/// Stops CWE-352 in browsers that send `Sec-Fetch-Site` (Fetch Metadata Request Headers, section 2.3) or `Origin` (Fetch, section
/// 3.2) with what they post to another site; a request without both goes on, as those of programs are. What changes something with a
/// visitor's cookie should therefore be a form, whose token does not depend on the browser.
#[derive(Clone, Debug)]
pub struct CsrfLayer {
    gate: CsrfGate,
}

impl CsrfLayer {
    /// Judges by the guard's own and listed origins.
    #[must_use]
    pub fn new(guard: &FormGuard) -> Self {
        Self { gate: CsrfGate::new(guard) }
    }

    /// Lets the variants of an enum of routes that are exempt pass, for an enum whose [`router`](crate::axum::router) stands under this
    /// layer: `#[post("/hook", dangerously_without_csrf = "the provider signs the body")]`.
    #[must_use]
    pub fn exemptions_of<R: Routes>(self) -> Self {
        Self { gate: self.gate.exemptions_of::<R>() }
    }
}

impl<S> Layer<S> for CsrfLayer {
    type Service = WithCsrf<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithCsrf { layer: self.clone(), inner }
    }
}

/// The service that [`CsrfLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithCsrf<S> {
    layer: CsrfLayer,
    inner: S,
}

impl<S, B> Service<Request<B>> for WithCsrf<S>
where
    S: Service<Request<B>>,
    S::Response: IntoResponse,
{
    type Response = AxumResponse;
    type Error = S::Error;
    type Future = Judged<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        match self.layer.gate.check(&request) {
            Ok(()) => Judged::passed(self.inner.call(request)),
            Err(refusal) => Judged::answered(refusal.into_response()),
        }
    }
}

/// As a layer it leaves the routes under it without any CSRF protection: their headers are not looked at, and their forms need no
/// token. It must not stand under a [`CsrfLayer`], which would refuse first.
impl<S> Layer<S> for CsrfExempt {
    type Service = WithoutCsrf<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithoutCsrf { why: *self, inner }
    }
}

/// The service that [`CsrfExempt`] makes.
#[derive(Clone, Debug)]
pub struct WithoutCsrf<S> {
    why: CsrfExempt,
    inner: S,
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for WithoutCsrf<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        request.extensions_mut().insert(self.why);
        self.inner.call(request)
    }
}
