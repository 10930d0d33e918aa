//! One slot per field of the table: what came for it, before it is judged. The slots of a form are an array on the stack.

use std::fmt;

use super::problem::ProblemKind;
use super::spec::FieldSpec;
use crate::request::BodyProblem;
#[cfg(feature = "multipart")]
use crate::request::Upload;

/// What came for one field.
///
/// # Security
/// `Debug` shows no text: it may be a password.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub enum Entry<'a> {
    /// Nothing.
    #[default]
    Absent,
    /// This text, decoded.
    Text(&'a str),
    /// This file.
    #[cfg(feature = "multipart")]
    File(&'a Upload),
    /// Something that could not be decoded, or more than one value.
    Broken(BodyProblem),
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("Absent"),
            Self::Text(_) => f.write_str("Text(…)"),
            #[cfg(feature = "multipart")]
            Self::File(_) => f.write_str("File(…)"),
            Self::Broken(problem) => f.debug_tuple("Broken").field(problem).finish(),
        }
    }
}

/// A text as the field's filters left it.
///
/// # Security
/// `Debug` shows no text: it may be a password.
#[derive(Clone, Copy, PartialEq)]
pub enum Filtered<'a> {
    /// The field did not come.
    Missing,
    /// It came, and nothing is left of it.
    Empty,
    /// What is left of it.
    Text(&'a str),
}

impl fmt::Debug for Filtered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Missing",
            Self::Empty => "Empty",
            Self::Text(_) => "Text(…)",
        })
    }
}

impl<'a> Entry<'a> {
    /// Runs the field's filters.
    ///
    /// # Errors
    /// What stands in the way of reading it as text at all.
    pub fn filtered(&self, spec: &FieldSpec) -> Result<Filtered<'a>, ProblemKind> {
        match self {
            Self::Absent => Ok(Filtered::Missing),
            Self::Broken(problem) => Err(ProblemKind::Body(*problem)),
            #[cfg(feature = "multipart")]
            Self::File(_) => Err(ProblemKind::Body(BodyProblem::Malformed)),
            Self::Text(text) => match super::filter::filter(text, spec)? {
                "" => Ok(Filtered::Empty),
                text => Ok(Filtered::Text(text)),
            },
        }
    }

    /// The text for showing the form again, unfiltered.
    pub(crate) fn as_typed(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Puts a file into the slot; a second value makes it broken.
    #[cfg(feature = "multipart")]
    pub(crate) fn put_file(&mut self, upload: &'a Upload) {
        *self = match self {
            Self::Absent => Self::File(upload),
            _ => Self::Broken(BodyProblem::Repeated),
        };
    }

    /// Puts what came into the slot; a second value makes it broken.
    #[inline]
    pub(crate) fn put(&mut self, value: Result<&'a str, BodyProblem>) {
        *self = match (&self, value) {
            (Self::Absent, Ok(text)) => Self::Text(text),
            (Self::Absent, Err(problem)) => Self::Broken(problem),
            _ => Self::Broken(BodyProblem::Repeated),
        };
    }
}

/// The slots of a form: `[Entry; N]`.
pub trait Entries<'a>: AsRef<[Entry<'a>]> + AsMut<[Entry<'a>]> {
    /// Nothing has come yet.
    fn empty() -> Self;
}

impl<'a, const N: usize> Entries<'a> for [Entry<'a>; N] {
    fn empty() -> Self {
        [Entry::Absent; N]
    }
}
