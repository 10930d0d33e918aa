//! `multipart/form-data` (RFC 7578) as it streams in: texts and files become named parts. The gate is asked before any
//! file byte is stored, sizes are counted while bytes arrive, and a file that is too large costs only itself.

use bytes::Bytes;
use futures_util::Stream;
use multer::{Constraints, Error, Field, Multipart, SizeLimit};

use super::BodyProblem;
use super::trickle::{Opened, Trickle};
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
    let opened = Opened::default();
    let mut multipart = Multipart::with_constraints(Trickle::new(stream, opened.clone()), boundary, limits);
    let mut gate = |token: Option<&str>| {
        let gate = gate(token);
        if gate != Gate::Closed {
            opened.set();
        }
        gate
    };
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
            let gate = gate(match &token {
                PartValue::Text(token) => Some(token),
                _ => None,
            });
            if gate == Gate::Closed {
                return Ok(parts);
            }
            open = Some(gate);
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

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const FILES: [(&str, u64); 1] = [("file", 4 << 20)];
    const EXPECTED: Expected<'static> = Expected { token: "token", text_limit: 64 << 10, max_parts: 9, files: &FILES };
    const TOKEN: &str = "--XX\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\ngood\r\n";
    const FILE: &str = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    const TEXT: &str = "\r\n--XX\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nkept\r\n--XX--\r\n";
    const CHUNK: usize = 16 << 10;

    /// `start`, a MiB, `end`: every chunk is ready from the beginning. Answers the parts and how many chunks were taken.
    async fn taken(start: &str, end: &str, gate: Gate) -> (Result<Vec<Part>, BodyProblem>, usize) {
        let chunks = [start.as_bytes().to_vec()].into_iter();
        let chunks = chunks.chain(std::iter::repeat_n(vec![b'x'; CHUNK], 64)).chain([end.as_bytes().to_vec()]);
        let count = Arc::new(AtomicUsize::new(0));
        let counted = chunks.inspect({
            let count = count.clone();
            move |_| {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        let stream = futures_util::stream::iter(counted.map(|chunk| Ok::<_, Infallible>(Bytes::from(chunk))));
        let parts = read(stream, "XX".to_owned(), &EXPECTED, |_| gate).await;
        (parts, count.load(Ordering::Relaxed))
    }

    fn names(parts: &[Part]) -> Vec<&str> {
        parts.iter().map(|part| part.name.as_str()).collect()
    }

    #[tokio::test]
    async fn a_closed_gate_takes_nothing_of_a_file() {
        for start in [format!("{TOKEN}{FILE}"), FILE.to_owned()] {
            let (parts, taken) = taken(&start, TEXT, Gate::Closed).await;
            assert!(parts.unwrap().is_empty());
            assert!(taken <= 2, "{taken} chunks are in memory");
        }
    }

    #[tokio::test]
    async fn an_open_gate_takes_all_of_it() {
        let (parts, taken) = taken(&format!("{TOKEN}{FILE}"), TEXT, Gate::Open).await;
        let parts = parts.unwrap();
        assert!(matches!(&parts[0].value, PartValue::File(file) if file.size() == 1 << 20));
        assert_eq!((names(&parts), taken), (vec!["file", "text"], 66));
    }

    #[tokio::test]
    async fn a_first_chunk_of_any_size_is_enough_for_a_token() {
        let start = format!("{TOKEN}{FILE}{}", "y".repeat(1 << 20));
        let (parts, _) = taken(&start, TEXT, Gate::Open).await;
        assert!(matches!(&parts.unwrap()[0].value, PartValue::File(file) if file.size() == 2 << 20));
    }

    #[tokio::test]
    async fn a_gate_for_texts_stores_no_file() {
        let (parts, _) = taken(&format!("{TOKEN}{FILE}"), TEXT, Gate::TextOnly).await;
        assert_eq!(names(&parts.unwrap()), ["text"]);
    }

    #[tokio::test]
    async fn what_goes_on_without_a_token_is_cut_off() {
        let endless_header = TOKEN.split_once("Content").unwrap().0.to_owned() + "A: ";
        for start in ["", TOKEN.trim_end(), &endless_header] {
            let (parts, taken) = taken(start, TEXT, Gate::Open).await;
            assert_eq!(parts.err(), Some(BodyProblem::Malformed), "{start}");
            assert!(taken <= 2, "{taken} chunks are in memory");
        }
    }
}
