//! A multipart body becomes parts: the form's table says which files it takes, the envelope opens the gate for them.

use axum_core::body::Body as RequestBody;
use futures_util::TryStreamExt;

use super::body::too_large_or_broken;
use super::envelope::RequestEnvelope;
use crate::adapter::FormGuard;
use crate::form::{Envelope, FormSpec, Input, MAX_PAIRS, Stop, most_text};
use crate::request::multipart::{Expected, Gate, read};
use crate::request::{Body, BodyProblem};
use crate::session::CSRF_FIELD;

/// Reads the body; the envelope comes back with the token that stood in its first part.
pub(super) async fn body(
    boundary: String,
    body: RequestBody,
    envelope: RequestEnvelope,
    guard: &FormGuard,
    form: &'static FormSpec,
) -> (Result<Body, BodyProblem>, RequestEnvelope) {
    let is_file = |input: Input| input == Input::File;
    let files: Vec<(&'static str, u64)> = form
        .fields
        .iter()
        .filter(|field| is_file(field.shape.input))
        .map(|field| (field.name, field.max_size))
        .collect();
    let text_limit = guard.body_limit.max(most_text(form));
    let expected = Expected { token: CSRF_FIELD, text_limit, max_parts: MAX_PAIRS, files: &files };
    let mut envelope = envelope;
    let gate = |token: Option<&str>| {
        envelope.add_token(token);
        match envelope.verdict(form.name) {
            Ok(()) => Gate::Open,
            Err(Stop::Stale) => Gate::TextOnly,
            Err(Stop::Forbidden | Stop::BadNext) => Gate::Closed,
        }
    };
    let chunks = body.into_data_stream().map_err(|error| too_large_or_broken(&error, text_limit));
    let parts = read(chunks, &boundary, &expected, gate).await;
    (parts.map(Body::multipart), envelope)
}
