//! The tower layer that puts [`SecurityHeaders`] on every response, and the extractor of the request's [`Nonce`].

use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::extract::FromRequestParts;
use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::request::Parts;
use http::{Request, Response, StatusCode};
use tower_layer::Layer;
use tower_service::Service;

use super::finishing::Finishing;
use crate::response::{Exchange, Nonce, PendingHeaders, PreparedHeaders, SecurityHeaders};

/// Puts [`SecurityHeaders`] on every response of a router, and a [`Nonce`] within reach of every handler.
///
/// ```
/// use axum::{Router, routing::get};
/// use secure_forms::axum::SecurityHeadersLayer;
/// use secure_forms::SecurityHeaders;
///
/// let app: Router = Router::new()
///     .route("/", get(async || "Hello"))
///     .layer(SecurityHeadersLayer::new(&SecurityHeaders::modern()));
/// ```
///
/// [`ProtectionLayer`](crate::axum::ProtectionLayer) puts it where it belongs among the others: outside of every layer that may answer by itself.
///
/// A layer nearer to a handler wins over one further out, so a route can have headers of its own. What a request arrived over is the
/// [`Transport`](crate::client_ip::Transport) in its extensions: from the server, or from a [`ConnectionLayer`](crate::axum::ConnectionLayer) further out.
#[derive(Clone)]
pub struct SecurityHeadersLayer {
    headers: PreparedHeaders,
}

impl SecurityHeadersLayer {
    /// Makes everything ready that does not depend on the response.
    #[must_use]
    pub fn new(headers: &SecurityHeaders) -> Self {
        Self { headers: PreparedHeaders::new(headers) }
    }
}

impl<S> Layer<S> for SecurityHeadersLayer {
    type Service = WithSecurityHeaders<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithSecurityHeaders { headers: self.headers.clone(), inner }
    }
}

/// The service that [`SecurityHeadersLayer`] makes.
#[derive(Clone)]
pub struct WithSecurityHeaders<S> {
    headers: PreparedHeaders,
    inner: S,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for WithSecurityHeaders<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Finishing<S::Future, PendingHeaders>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        let pending = self.headers.begin(&mut request);
        Finishing::new(self.inner.call(request), pending)
    }
}

/// An argument of handlers whose response shows one person's data: it is then sent with `Cache-Control: no-store`.
///
/// Session and CSRF extractors say so by themselves. Without a [`SecurityHeadersLayer`] it changes nothing.
///
/// ```
/// use secure_forms::axum::Personal;
///
/// async fn balance(_: Personal) -> &'static str {
///     "12 apples"
/// }
/// # let _ = balance;
/// ```
///
/// # Security
/// Stops shared caches and the back button of a shared computer from showing the page to others (CWE-525).
#[derive(Clone, Copy, Debug)]
pub struct Personal(());

impl Personal {
    /// Marks the response to the request with these extensions.
    pub(crate) fn mark(extensions: &http::Extensions) -> Self {
        if let Some(exchange) = extensions.get::<Arc<Exchange>>() {
            exchange.mark_personal();
        }
        Self(())
    }
}

impl<S: Sync> FromRequestParts<S> for Personal {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::mark(&parts.extensions))
    }
}

/// A handler wants a [`Nonce`], but no [`SecurityHeadersLayer`] is around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct NoSecurityHeadersLayer;

impl IntoResponse for NoSecurityHeadersLayer {
    fn into_response(self) -> AxumResponse {
        (StatusCode::INTERNAL_SERVER_ERROR, "The server is not set up for nonces.").into_response()
    }
}

impl std::fmt::Display for NoSecurityHeadersLayer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a handler asks for a nonce, but no `SecurityHeadersLayer` is around it")
    }
}

impl std::error::Error for NoSecurityHeadersLayer {}

impl<S: Sync> FromRequestParts<S> for Nonce {
    type Rejection = NoSecurityHeadersLayer;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        Self::of_request(&parts.extensions).ok_or(NoSecurityHeadersLayer)
    }
}
