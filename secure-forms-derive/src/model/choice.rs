//! What `derive(Choice)` knows of an enum: as it is written, and as it is checked.

use proc_macro2::{Ident, Span};
use syn::Generics;

use super::root::Root;

/// One enum of unit variants. A choice has no generic parameters: those that stand there have been reported.
pub(crate) struct Written {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) variants: Vec<WrittenVariant>,
}

/// One offered value.
pub(crate) struct WrittenVariant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) value_span: Span,
    pub(crate) label: String,
    /// Where the label is written, if it is.
    pub(crate) label_span: Option<Span>,
}

/// A choice whose values differ, are what comes back, and have words.
pub(crate) struct Checked {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<Variant>,
    /// Whether each value can be a segment of a path; one that could climb out of it keeps the enum out of paths.
    pub(crate) is_segment: bool,
}

/// One offered value.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) label: String,
}

/// A choice that has mistakes.
pub(crate) struct Stub {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
}
