//! `multipart/form-data` (RFC 7578) as it streams in: texts and files become named parts. The gate is asked before any
//! file byte is stored, sizes are counted while bytes arrive, and a file that is too large costs only itself.

use bytes::Bytes;
use futures_util::Stream;
use multer::{Constraints, Error, Field, Multipart, SizeLimit};

use super::BodyProblem;
use super::upload::{Intake, Upload};

/// One part.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) value: PartValue,
}

/// What a part holds.
pub(crate) enum PartValue {
    Text(String),
    File(Upload),
    Broken(BodyProblem),
}

/// What a form expects of its parts.
pub(crate) struct Expected<'f> {
    /// The name of the part that carries the token.
    pub(crate) token: &'static str,
    /// The most bytes of all texts together.
    pub(crate) text_limit: usize,
    /// The most parts.
    pub(crate) max_parts: usize,
    /// The file fields with the most bytes of each.
    pub(crate) files: &'f [(&'static str, u64)],
}

/// How far the gate opens for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Texts and files.
    Open,
    /// Texts, for showing the form again; files are passed over.
    TextOnly,
    /// Nothing more is read.
    Closed,
}

/// Room for boundaries, part headers and unknown parts, beside the texts and files themselves.
const OVERHEAD: u64 = 64 << 10;

/// Reads the parts. The token is the first part, unless `gate` opens without one (a script sent it in a header).
///
/// # Errors
/// What is wrong with the body as a whole; what is wrong with one part is in that part.
pub(crate) async fn read<S, E>(
    stream: S,
    boundary: String,
    expected: &Expected<'_>,
    mut gate: impl FnMut(Option<&str>) -> Gate,
) -> Result<Vec<Part>, BodyProblem>
where
    S: Stream<Item = Result<Bytes, E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
{
    let files: u64 = expected.files.iter().map(|(_, max)| max).sum();
    let whole = files.saturating_add(expected.text_limit as u64).saturating_add(OVERHEAD);
    let limits = Constraints::new().size_limit(SizeLimit::new().whole_stream(whole));
    let mut multipart = Multipart::with_constraints(stream, boundary, limits);
    let mut parts = Vec::new();
    let mut open = None;
    let mut text_left = expected.text_limit;
    while let Some(field) = multipart.next_field().await.map_err(|error| problem(&error, whole))? {
        if parts.len() == expected.max_parts {
            return Err(BodyProblem::TooManyFields { max: expected.max_parts });
        }
        let name = field.name().unwrap_or_default().to_owned();
        if open.is_none() && name == expected.token {
            let token = text(field, &mut text_left, expected, whole).await?;
            open = Some(gate(match &token {
                PartValue::Text(token) => Some(token),
                _ => None,
            }));
            continue;
        }
        match *open.get_or_insert_with(|| gate(None)) {
            Gate::Closed => return Ok(parts),
            gate => {
                let value = value(field, &name, gate, &mut text_left, expected, whole).await?;
                parts.extend(value.map(|value| Part { name, value }));
            }
        }
    }
    // A body without parts has no token either.
    open.get_or_insert_with(|| gate(None));
    Ok(parts)
}

/// A file for a file field; a text for any other name; nothing for what must not be stored.
async fn value(
    field: Field<'_>,
    name: &str,
    gate: Gate,
    text_left: &mut usize,
    expected: &Expected<'_>,
    whole: u64,
) -> Result<Option<PartValue>, BodyProblem> {
    let of_file = expected.files.iter().find(|(known, _)| *known == name).map(|(_, max)| *max);
    match (field.file_name().map(str::to_owned), of_file) {
        (Some(_), _) if gate == Gate::TextOnly => Ok(None),
        (Some(file_name), Some(max)) => file(field, &file_name, max, whole).await,
        // A file that no field asks for is not stored.
        (Some(_), None) => Ok(None),
        (None, _) => text(field, text_left, expected, whole).await.map(Some),
    }
}

async fn text(
    mut field: Field<'_>,
    left: &mut usize,
    expected: &Expected<'_>,
    whole: u64,
) -> Result<PartValue, BodyProblem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| problem(&error, whole))? {
        *left = left.checked_sub(chunk.len()).ok_or(BodyProblem::BodyTooLarge { max: expected.text_limit as u64 })?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8(bytes).map_or(PartValue::Broken(BodyProblem::BadUtf8), PartValue::Text))
}

/// An empty part without a name is what a browser sends for a file field that nobody filled in.
async fn file(mut field: Field<'_>, name: &str, max: u64, whole: u64) -> Result<Option<PartValue>, BodyProblem> {
    let mut intake = Intake::new(name);
    while let Some(chunk) = field.chunk().await.map_err(|error| problem(&error, whole))? {
        if intake.size() + chunk.len() as u64 > max {
            // What is left of it is passed over by the next part's reading, and not stored.
            return Ok(Some(PartValue::Broken(BodyProblem::FileTooLarge { max })));
        }
        intake = store(intake, chunk).await?;
    }
    let is_left_out = intake.size() == 0;
    Ok((!is_left_out).then(|| PartValue::File(intake.finish())))
}

/// Writing may block: it happens where blocking is allowed.
async fn store(mut intake: Intake, chunk: Bytes) -> Result<Intake, BodyProblem> {
    let written = tokio::task::spawn_blocking(move || intake.push(&chunk).map(|()| intake)).await;
    match written {
        Ok(Ok(intake)) => Ok(intake),
        Ok(Err(_)) | Err(_) => Err(BodyProblem::NotStored),
    }
}

fn problem(error: &Error, whole: u64) -> BodyProblem {
    match error {
        Error::StreamSizeExceeded { .. } | Error::FieldSizeExceeded { .. } => BodyProblem::BodyTooLarge { max: whole },
        _ => BodyProblem::Malformed,
    }
}
