//! A multipart body becomes parts: the form's table says which files it takes, the head opens the gate for them.

use std::error::Error;

use bytes::Bytes;
use futures_util::TryStreamExt;
use http_body_util::BodyExt;
use secure_forms_core::protocol;

use super::bytes::too_large_or_broken;
use super::config::FormGuard;
use super::head::RequestHead;
use crate::form::{Entry, FormSpec, HiddenFields, Input, MAX_PAIRS, most_text};
use crate::request::BodyProblem;
use crate::request::multipart::{Expected, Gate, Parts, read as read_parts};

/// Reads the body. No file is taken in before the token in the first part is found good.
pub(super) async fn read<B>(
    body: B,
    boundary: &str,
    head: &RequestHead,
    guard: &FormGuard,
    form: &'static FormSpec,
) -> Result<Parts, BodyProblem>
where
    B: http_body::Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let files: Vec<(&'static str, u64)> = form
        .fields
        .iter()
        .filter(|field| field.kind.input == Input::File)
        .map(|field| (field.name, field.max_size))
        .collect();
    let text_limit = guard.body_limit().max(most_text(form));
    let expected = Expected { token: protocol::CSRF_FIELD, text_limit, max_parts: MAX_PAIRS, files: &files };
    let gate = |token: Option<&str>| {
        let token = token.map_or(Entry::Absent, Entry::Text);
        match head.verdict(form, &HiddenFields { token, ..HiddenFields::default() }) {
            Ok(()) => Gate::Open,
            Err(stop) if stop.is_of_own_page() => Gate::TextOnly,
            Err(_) => Gate::Closed,
        }
    };
    let chunks = body.into_data_stream().map_err(|error| too_large_or_broken(error, text_limit));
    read_parts(chunks, boundary, &expected, gate).await
}
