//! Files: a type of the field's list, a name that agrees with the content, no more bytes than the field takes.

use std::borrow::Cow;

use super::Field;
use crate::form::entry::Entry;
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldSpec, Input, Shape};
use crate::request::Upload;

impl<'a> Field<'a> for Upload {
    type Value = Self;

    const SHAPE: Shape = Shape::required(Input::File);

    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        file(entry, spec)?.ok_or(ProblemKind::Missing)
    }

    fn value(&self) -> Option<&Upload> {
        Some(self)
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        None
    }
}

impl<'a> Field<'a> for Option<Upload> {
    type Value = Upload;

    const SHAPE: Shape = Shape::required(Input::File).optional();

    fn bind(entry: &Entry<'a>, spec: &FieldSpec) -> Result<Self, ProblemKind> {
        file(entry, spec)
    }

    fn value(&self) -> Option<&Upload> {
        self.as_ref()
    }

    fn to_text(&self) -> Option<Cow<'_, str>> {
        None
    }
}

fn file(entry: &Entry<'_>, spec: &FieldSpec) -> Result<Option<Upload>, ProblemKind> {
    match entry {
        Entry::Absent | Entry::Text("") => Ok(None),
        Entry::Broken(problem) => Err(ProblemKind::Body(*problem)),
        // A text where a file belongs: the form was not sent as multipart.
        Entry::Text(_) => Err(ProblemKind::FileType),
        Entry::File(upload) => match upload.content_type() {
            Some(kind) if spec.accept.is_empty() || spec.accept.contains(&kind) => Ok(Some((*upload).clone())),
            _ => Err(ProblemKind::FileType),
        },
    }
}
