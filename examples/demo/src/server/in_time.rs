//! The server's limit of time, as a layer inside of the security headers and of the layout, so that its refusal has both.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, Version, header};
use secure_forms::Refused;
use tokio::time::timeout;

/// How long a request may take: on every request that came over a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit(pub(crate) Duration);

/// A layer for `axum::middleware::from_fn`: answers 408 when the time is over, and waits for nothing more of the request.
pub(crate) async fn in_time(request: Request, inner: Next) -> Response {
    let Some(Limit(limit)) = request.extensions().get().copied() else { return inner.run(request).await };
    let version = request.version();
    if let Ok(response) = timeout(limit, inner.run(request)).await {
        return response;
    }
    let mut response = Refused::of_status(StatusCode::REQUEST_TIMEOUT).into_response();
    // HTTP/2 has no such header (RFC 9113, section 8.2.2).
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
