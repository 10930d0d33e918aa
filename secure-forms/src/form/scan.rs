//! One pass over a body: what came for a field fills its slot, and what belongs to the form's protection is kept apart, so that
//! nobody has to look through the body a second time.

use secure_forms_core::protocol;

#[cfg(feature = "multipart")]
use super::bind::message_for;
use super::entry::Entry;
use super::method::FormMethod;
#[cfg(feature = "multipart")]
use super::problem::ProblemKind;
use super::report::Report;
use super::spec::{FormSpec, Unknown};
use crate::request::urlencoded::Pairs;
use crate::request::{BodyProblem, Unread};
#[cfg(feature = "multipart")]
use crate::request::{PartValue, Parts};

/// The most pairs that a body may hold, as Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`.
pub(crate) const MAX_PAIRS: usize = 1000;

/// What a body holds besides the values of its fields.
#[derive(Default)]
pub(crate) struct Scan<'a> {
    pub(crate) hidden: HiddenFields<'a>,
    pub(crate) report: Report,
}

/// The fields that belong to the form's protection and are none of its own. One that comes twice is broken.
#[derive(Clone, Copy, Default)]
pub(crate) struct HiddenFields<'a> {
    /// `csrf_token`.
    pub(crate) token: Entry<'a>,
    /// `next`: where the person wants to go afterwards.
    pub(crate) next: Entry<'a>,
}

impl<'a> HiddenFields<'a> {
    fn slot(&mut self, name: &str) -> Option<&mut Entry<'a>> {
        match name {
            protocol::CSRF_FIELD => Some(&mut self.token),
            protocol::RETURN_TO_FIELD => Some(&mut self.next),
            _ => None,
        }
    }
}

impl<'a> Scan<'a> {
    /// Fills the slots.
    pub(crate) fn of(unread: Unread<'a>, spec: &'static FormSpec, entries: &mut [Entry<'a>]) -> Self {
        let mut scan = Self::default();
        match unread {
            Unread::Urlencoded(bytes) => scan.pairs(bytes, spec, entries),
            #[cfg(feature = "multipart")]
            Unread::Multipart(parts) => scan.parts(parts, spec, entries),
        }
        scan
    }

    /// Browsers send the fields in the order of the page, so the next expected name is tried first.
    fn pairs(&mut self, bytes: &'a mut [u8], spec: &'static FormSpec, entries: &mut [Entry<'a>]) {
        let mut expected = 0;
        for (count, pair) in Pairs::new(bytes).enumerate() {
            if count == MAX_PAIRS {
                self.report.body(BodyProblem::TooManyFields { max: MAX_PAIRS });
                break;
            }
            let name = match pair.name {
                Ok(name) => name,
                Err(problem) => {
                    self.unreadable(spec, problem);
                    continue;
                }
            };
            if let Some(index) = slot(spec, expected, name) {
                entries[index].put(pair.value);
                expected = index + 1;
            } else if let Ok(name) = std::str::from_utf8(name) {
                self.other(spec, name, pair.value);
            } else {
                self.unreadable(spec, BodyProblem::BadUtf8);
            }
        }
    }

    #[cfg(feature = "multipart")]
    fn parts(&mut self, parts: &'a Parts, spec: &'static FormSpec, entries: &mut [Entry<'a>]) {
        if let Some(token) = &parts.token {
            self.hidden.token.put(Ok(token));
        }
        for part in &parts.parts {
            let entry = slot(spec, 0, part.name.as_bytes()).and_then(|index| entries.get_mut(index));
            match (entry, &part.value) {
                (Some(entry), PartValue::Text(text)) => entry.put(Ok(text)),
                (Some(entry), PartValue::Broken(problem)) => entry.put(Err(*problem)),
                (Some(entry), PartValue::File(upload)) => entry.put_file(upload),
                (None, PartValue::Text(text)) => self.other(spec, &part.name, Ok(text)),
                (None, PartValue::Broken(problem)) => self.other(spec, &part.name, Err(*problem)),
                (None, PartValue::File(_)) => self.other(spec, &part.name, Ok("")),
            }
        }
        if let Some(problem) = parts.cut {
            self.cut_short(problem, spec, entries);
        }
    }

    /// What ended the reading is told of the field that it ended in, if one did; of the others nothing is known.
    #[cfg(feature = "multipart")]
    fn cut_short(&mut self, problem: BodyProblem, spec: &'static FormSpec, entries: &[Entry<'_>]) {
        let is_of = |entry: &Entry<'_>| matches!(entry, Entry::Broken(own) if *own == problem);
        match spec.fields.iter().zip(entries).find(|(_, entry)| is_of(entry)) {
            Some((field, _)) => {
                let kind = ProblemKind::Body(problem);
                let message = message_for(field, &kind);
                self.report.add(field.name, field.label, kind, message);
            }
            None => self.report.body(problem),
        }
        self.report.is_partial = true;
    }

    /// A pair that no field has: one of the protection's, or nobody's.
    fn other(&mut self, spec: &FormSpec, name: &str, value: Result<&'a str, BodyProblem>) {
        let hidden = self.hidden.slot(name);
        let is_unknown = hidden.is_none();
        hidden.into_iter().for_each(|entry| entry.put(value));
        if let Err(problem) = value {
            self.unreadable(spec, problem);
        } else if is_unknown && spec.unknown == Unknown::Reject {
            self.report.body(BodyProblem::UnknownField);
        }
    }

    /// A name or a value that no field has, and that cannot be decoded. Bodies come from our own forms, which send none; a query
    /// comes from wherever a link was written, with parameters that nobody here asked for.
    fn unreadable(&mut self, spec: &FormSpec, problem: BodyProblem) {
        if spec.method == FormMethod::Post || spec.unknown == Unknown::Reject {
            self.report.body(problem);
        }
    }
}

#[inline]
fn slot(spec: &FormSpec, expected: usize, name: &[u8]) -> Option<usize> {
    if spec.fields.get(expected).is_some_and(|field| field.name.as_bytes() == name) {
        return Some(expected);
    }
    spec.fields.iter().position(|field| field.name.as_bytes() == name)
}
