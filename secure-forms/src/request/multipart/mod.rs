//! `multipart/form-data` (RFC 7578) as it streams in: texts and files become named parts. The gate is asked before any
//! file byte is stored, sizes are counted while bytes arrive, and a file that is too large costs only itself.
//!
//! The reader is our own because cost and names are the sender's to choose: the common parser looks for a header's end from
//! its start with every chunk, knows no bound of it, and finds parameters inside other ones' quotes.

mod boundary;
mod encoded;
mod header;
mod parser;
mod source;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use futures_util::Stream;

use super::upload::{Intake, Upload};
use super::{BodyProblem, PASSED_OVER};
use header::Header;
use parser::{Parser, Step};
use source::Source;

pub(crate) use boundary::boundary;

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

/// The parts that came, and what stopped the reading before the body's end, if anything did.
#[derive(Default)]
pub(crate) struct Parts {
    /// The text of the part that carries the token, if it came first.
    pub(crate) token: Option<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) cut: Option<BodyProblem>,
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

/// What is in memory of a body at once, beside its texts: 64 KiB.
const BUFFER: usize = 64 << 10;

/// The same before the gate has opened: a browser's boundary, part header and token are less than 1 KiB.
const BEFORE_OPENING: usize = 8 << 10;

/// Reads the parts. The token is the first part, unless `gate` opens without one (a script sent it in a header).
///
/// # Errors
/// What is wrong with a body whose gate was not asked yet. What is wrong behind it is in [`Parts::cut`], and what is wrong with one
/// part is in that part.
pub(crate) async fn read<S, G>(
    chunks: S,
    boundary: &str,
    expected: &Expected<'_>,
    gate: G,
) -> Result<Parts, BodyProblem>
where
    S: Stream<Item = Result<Bytes, BodyProblem>> + Send,
    G: FnMut(Option<&str>) -> Gate + Send,
{
    Reader::new(chunks, boundary, expected, gate).run().await
}

/// A body that is being read.
struct Reader<'f, S, G> {
    source: Source<S>,
    parser: Parser,
    expected: &'f Expected<'f>,
    gate: G,
    opened: Option<Gate>,
    text_left: usize,
    passed_over: u64,
    count: usize,
    token: Option<String>,
    parts: Vec<Part>,
}

/// What the content of the part at hand becomes.
enum Content {
    Token(Vec<u8>),
    Text(Vec<u8>),
    File {
        intake: Intake,
        max: u64,
        is_named: bool,
    },
    /// It is passed over; a file that was too large leaves its problem.
    Skipped(Option<BodyProblem>),
}

impl<'f, S, G> Reader<'f, S, G>
where
    S: Stream<Item = Result<Bytes, BodyProblem>> + Send,
    G: FnMut(Option<&str>) -> Gate + Send,
{
    fn new(chunks: S, boundary: &str, expected: &'f Expected<'f>, gate: G) -> Self {
        Self {
            source: Source::new(chunks, Parser::START),
            parser: Parser::new(boundary),
            expected,
            gate,
            opened: None,
            text_left: expected.text_limit,
            passed_over: 0,
            count: 0,
            token: None,
            parts: Vec::new(),
        }
    }

    async fn run(mut self) -> Result<Parts, BodyProblem> {
        let read = self.read().await;
        match (self.opened, read) {
            (None, Err(problem)) => Err(problem),
            (Some(_), Err(problem)) => Ok(Parts { token: self.token, parts: self.parts, cut: Some(problem) }),
            (_, Ok(())) => Ok(Parts { token: self.token, parts: self.parts, cut: None }),
        }
    }

    /// # Errors
    /// What stops the reading before the body's end.
    async fn read(&mut self) -> Result<(), BodyProblem> {
        let mut part: Option<(String, Content)> = None;
        loop {
            let (used, step) = self.parser.step(self.source.unused())?;
            let mut is_more = false;
            match (step, &mut part) {
                (Step::Part(header), part) => {
                    let Some(content) = self.begin(&header)? else { return Ok(()) };
                    *part = Some((header.name, content));
                }
                (Step::Content, Some((name, content))) => {
                    let taken = std::mem::replace(content, Content::Skipped(None));
                    *content = self.take(name, taken, used).await?;
                }
                (Step::PartEnd, part) => {
                    if let Some((name, content)) = part.take()
                        && self.end(name, content).await? == Gate::Closed
                    {
                        return Ok(());
                    }
                }
                (Step::End, _) => {
                    // A body without parts has no token either.
                    self.open(None);
                    return Ok(());
                }
                (Step::More, _) => is_more = true,
                (Step::Content, None) => {}
            }
            self.source.use_up(used);
            if is_more {
                self.more().await?;
            }
        }
    }

    /// # Errors
    /// The body has ended, or goes on without a token.
    async fn more(&mut self) -> Result<(), BodyProblem> {
        let size = match self.opened {
            Some(_) => BUFFER,
            None => self.source.unused().len() + BEFORE_OPENING.saturating_sub(self.source.taken()),
        };
        if self.source.fill(size).await? { Ok(()) } else { Err(BodyProblem::Malformed) }
    }

    /// How far the gate is open, which is asked once.
    fn open(&mut self, token: Option<&str>) -> Gate {
        if let Some(gate) = self.opened {
            return gate;
        }
        let gate = (self.gate)(token);
        self.opened = Some(gate);
        gate
    }

    /// What becomes of the part that begins; `None` if nothing more is to be read.
    fn begin(&mut self, header: &Header) -> Result<Option<Content>, BodyProblem> {
        if self.opened.is_none() && header.name == self.expected.token {
            return Ok(Some(Content::Token(Vec::new())));
        }
        let gate = self.open(None);
        if gate == Gate::Closed {
            return Ok(None);
        }
        if self.count == self.expected.max_parts {
            return Err(BodyProblem::TooManyFields { max: self.expected.max_parts });
        }
        self.count += 1;
        // Names are kept beside the texts, and the sender chooses them too.
        self.count_text(header.name.len())?;
        let max = self.expected.files.iter().find(|(known, _)| *known == header.name).map(|(_, max)| *max);
        // A part of a file field with a file's header is a file, also without a name (RFC 7578, 4.2).
        let untitled = max.filter(|_| header.has_type).map(|_| "");
        let file_name = header.file_name.as_deref().or(untitled);
        Ok(Some(match (file_name, max) {
            (None, _) => Content::Text(Vec::new()),
            // One that came before is stored already, and this one would be refused for it.
            (Some(_), Some(_)) if self.parts.iter().any(|part| part.name == header.name) => {
                Content::Skipped(Some(BodyProblem::Repeated))
            }
            (Some(name), Some(max)) if gate == Gate::Open => {
                Content::File { intake: Intake::new(name), max, is_named: !name.is_empty() }
            }
            // A file that no field asks for is not stored, nor one that will be asked for again.
            (Some(_), _) => Content::Skipped(None),
        }))
    }

    /// Counts bytes that stay in memory.
    fn count_text(&mut self, bytes: usize) -> Result<(), BodyProblem> {
        let limit = BodyProblem::BodyTooLarge { max: self.expected.text_limit as u64 };
        self.text_left = self.text_left.checked_sub(bytes).ok_or(limit)?;
        Ok(())
    }

    /// Takes `used` bytes in, which are in the buffer.
    async fn take(&mut self, name: &str, content: Content, used: usize) -> Result<Content, BodyProblem> {
        if let Content::Text(_) = content {
            self.count_text(used)?;
        }
        let bytes = self.source.unused().get(..used).unwrap_or_default();
        match content {
            Content::Token(mut text) => {
                text.extend_from_slice(bytes);
                Ok(Content::Token(text))
            }
            Content::Text(mut text) => {
                text.extend_from_slice(bytes);
                Ok(Content::Text(text))
            }
            Content::File { intake, max, is_named } if intake.size() + used as u64 <= max => {
                Ok(Content::File { intake: intake.take(bytes).await?, max, is_named })
            }
            Content::File { max, .. } => self.skip(name, Some(BodyProblem::FileTooLarge { max }), used),
            Content::Skipped(problem) => self.skip(name, problem, used),
        }
    }

    /// Passes over bytes. Where that goes on for too long the reading ends, and what is wrong is told of the field.
    fn skip(&mut self, name: &str, problem: Option<BodyProblem>, used: usize) -> Result<Content, BodyProblem> {
        self.passed_over += used as u64;
        if self.passed_over <= PASSED_OVER {
            return Ok(Content::Skipped(problem));
        }
        if let Some(problem) = problem {
            self.parts.push(Part { name: name.to_owned(), value: PartValue::Broken(problem) });
        }
        Err(problem.unwrap_or(BodyProblem::BodyTooLarge { max: PASSED_OVER }))
    }

    /// The part is whole.
    async fn end(&mut self, name: String, content: Content) -> Result<Gate, BodyProblem> {
        let value = match content {
            Content::Token(token) => {
                let token = String::from_utf8(token).ok();
                let gate = self.open(token.as_deref());
                self.token = token;
                return Ok(gate);
            }
            Content::Text(text) => {
                Some(String::from_utf8(text).map_or(PartValue::Broken(BodyProblem::BadUtf8), PartValue::Text))
            }
            // What a browser sends for a file field that nobody filled in (HTML, 4.10.22.4).
            Content::File { intake, is_named: false, .. } if intake.size() == 0 => None,
            Content::File { intake, .. } => Some(PartValue::File(intake.finish().await?)),
            Content::Skipped(problem) => problem.map(PartValue::Broken),
        };
        self.parts.extend(value.map(|value| Part { name, value }));
        Ok(self.opened.unwrap_or(Gate::Open))
    }
}
