//! [`Page`]: where `html!` writes. Constant markup and values that fit their places enter, [`Html`] leaves.

use std::fmt::{self, Write};

use secure_forms_core::percent;

use super::escape;
use super::fragment::Html;

/// The markup of a template that is known at compile time; `html!` implements it for a type of its own.
///
/// # Security
/// An associated constant cannot depend on anything that happens at run time (E0435), not even on a `String` that was leaked: so an
/// implementation written by hand can write odd markup, but never a value from outside.
pub trait Texts {
    /// The pieces between two values.
    const TEXTS: &'static [&'static str];
}

/// A page, or a part of one, while it is written.
#[derive(Debug, Default)]
pub struct Page(String);

impl Page {
    /// An empty one with room for this many bytes.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Writes a piece of the template.
    pub fn literal<T: Texts>(&mut self, at: usize) {
        self.0.push_str(T::TEXTS.get(at).copied().unwrap_or_default());
    }

    /// The whole.
    pub fn finish(self) -> Html {
        Html::from_escaped(self.0)
    }

    /// Where a value goes.
    pub fn slot(&mut self) -> Slot<'_> {
        Slot(&mut self.0)
    }
}

/// The place of one value in a page. What has it can hand it on, to be written by a type of this crate, and no more: a page that could be taken out
/// in the middle of a tag could go on elsewhere.
#[derive(Debug)]
pub struct Slot<'p>(&'p mut String);

impl<'p> Slot<'p> {
    /// Escapes what is written, for the content of elements and for quoted attributes.
    pub(super) fn escaped(self) -> Escaped<'p> {
        Escaped(self.0)
    }

    /// Percent-encodes what is written, for the query or the fragment of a URL.
    pub(super) fn encoded(self) -> Encoded<'p> {
        Encoded(self.0)
    }

    /// Writes markup.
    pub(super) fn raw(self, markup: &str) {
        self.0.push_str(markup);
    }
}

/// Escapes what is written through it.
pub(super) struct Escaped<'p>(&'p mut String);

impl Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape::text(self.0, text);
        Ok(())
    }
}

/// Percent-encodes what is written through it.
pub(super) struct Encoded<'p>(&'p mut String);

impl Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        percent::encode_value(self.0, text);
        Ok(())
    }
}
