//! Files: a type of the field's list, a name that does not say another, no more bytes and pixels than the field takes.

use std::borrow::Cow;

use secure_forms_core::media;

use super::Field;
use crate::form::entry::Entry;
use crate::form::problem::ProblemKind;
use crate::form::spec::{FieldKind, FieldSpec, Input};
use crate::request::{Pixels, Upload};

impl<'a> Field<'a> for Upload {
    type Value = Self;

    const KIND: FieldKind = FieldKind::required(Input::File);

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

    const KIND: FieldKind = FieldKind::required(Input::File).optional();

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
        Entry::Text(_) => Err(ProblemKind::FileType { accept: spec.accept }),
        Entry::File(upload) => {
            of_accepted_type(upload, spec)?;
            within_pixels(upload, spec)?;
            Ok(Some((*upload).clone()))
        }
    }
}

fn of_accepted_type(upload: &Upload, spec: &FieldSpec) -> Result<(), ProblemKind> {
    if upload.has_false_name() {
        return Err(ProblemKind::FileMismatch);
    }
    let takes = |kind| spec.accept.iter().any(|entry| media::takes(entry, kind));
    if spec.accept.is_empty() || upload.content_type().is_some_and(takes) {
        Ok(())
    } else {
        Err(ProblemKind::FileType { accept: spec.accept })
    }
}

fn within_pixels(upload: &Upload, spec: &FieldSpec) -> Result<(), ProblemKind> {
    let Some(max) = spec.max_pixels else { return Ok(()) };
    match upload.pixels() {
        Some(pixels) if pixels.count() <= max => Ok(()),
        Some(Pixels { width, height }) => Err(ProblemKind::TooManyPixels { max, width, height }),
        // A picture that states no size here may state any to a decoder.
        None if upload.content_type().is_some_and(|kind| kind.starts_with("image/")) => {
            Err(ProblemKind::FileType { accept: spec.accept })
        }
        None => Ok(()),
    }
}
