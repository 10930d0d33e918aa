//! The innermost check of the server, a layer inside of the security headers and of the error pages, so that its refusals have both: a
//! request of HTTP/1.1 names its host once (RFC 9112, section 3.2), and is answered in time.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use tokio::time::timeout;

/// How long a request may take: on every request that came over a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit(pub(crate) Duration);

/// A layer for `axum::middleware::from_fn`.
pub(crate) async fn gate(request: Request, inner: Next) -> Response {
    let Some(Limit(limit)) = request.extensions().get().copied() else { return inner.run(request).await };
    let version = request.version();
    if version == Version::HTTP_11 && !names_one_host(request.headers()) {
        return closing(version, StatusCode::BAD_REQUEST, "The request must name its host once.");
    }
    match timeout(limit, inner.run(request)).await {
        Ok(response) => response,
        Err(_) => closing(version, StatusCode::REQUEST_TIMEOUT, "The request took too long."),
    }
}

fn names_one_host(headers: &HeaderMap) -> bool {
    headers.get_all(header::HOST).iter().count() == 1
}

/// The rest of the request is not waited for. HTTP/2 has no such header (RFC 9113, section 8.2.2).
fn closing(version: Version, status: StatusCode, words: &'static str) -> Response {
    let mut response = (status, words).into_response();
    if version < Version::HTTP_2 {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
