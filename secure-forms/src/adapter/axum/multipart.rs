//! A multipart body becomes parts: the form's table says which files it takes, the head opens the gate for them.

use axum_core::body::Body as RequestBody;
use futures_util::TryStreamExt;

use super::body::too_large_or_broken;
use crate::form::{Envelope, FormSpec, Input, MAX_PAIRS, most_text};
use crate::guard::{FormGuard, RequestHead};
use crate::request::multipart::{Expected, Gate, PartValue, Parts, read};
use crate::request::{Body, BodyProblem};
use crate::session::CSRF_FIELD;

/// Reads the body; the head comes back with the token that stood in its first part.
pub(super) async fn body(
    boundary: String,
    body: RequestBody,
    mut head: RequestHead,
    guard: &FormGuard,
    form: &'static FormSpec,
) -> (Result<Body, BodyProblem>, RequestHead) {
    let is_file = |input: Input| input == Input::File;
    let files: Vec<(&'static str, u64)> = form
        .fields
        .iter()
        .filter(|field| is_file(field.kind.input))
        .map(|field| (field.name, field.max_size))
        .collect();
    let text_limit = guard.body_limit().max(most_text(form));
    let expected = Expected { token: CSRF_FIELD, text_limit, max_parts: MAX_PAIRS, files: &files };
    let gate = |token: Option<&str>| {
        head.add_token(token);
        match head.verdict(form) {
            Ok(()) => Gate::Open,
            Err(stop) if stop.is_of_own_page() => Gate::TextOnly,
            Err(_) => Gate::Closed,
        }
    };
    let chunks = body.into_data_stream().map_err(|error| too_large_or_broken(&error, text_limit));
    let parts = read(chunks, &boundary, &expected, gate).await;
    if let Ok(Parts { parts, .. }) = &parts {
        let next = parts.iter().filter(|part| part.name == "next");
        head.add_next(next.filter_map(|part| match &part.value {
            PartValue::Text(text) => Some(text.as_str()),
            _ => None,
        }));
    }
    (parts.map(Body::multipart), head)
}
