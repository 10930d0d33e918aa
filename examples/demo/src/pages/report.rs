//! `POST /csp-report`: browsers tell here what the policy refused (CSP Level 3, 5.3; Reporting API). Anyone can forge a report, so it
//! is counted and limited, and nothing of it is kept.

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use crate::error::Error;
use crate::identity::Client;
use crate::state::App;

/// Reports are small.
const MAX_BYTES: usize = 64 << 10;

pub(crate) async fn receive(
    State(app): State<App>,
    Client(client): Client,
    request: Request,
) -> Result<Response, Error> {
    app.limits.report(&client)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !matches!(essence.as_str(), "application/csp-report" | "application/reports+json") {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    let Ok(body) = to_bytes(request.into_body(), MAX_BYTES).await else {
        return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response());
    };
    if serde_json::from_slice::<serde::de::IgnoredAny>(&body).is_err() {
        return Ok(StatusCode::BAD_REQUEST.into_response());
    }
    app.count_report();
    Ok(StatusCode::NO_CONTENT.into_response())
}
