//! What `derive(Choice)` knows of an enum.

use proc_macro2::{Ident, Span};

use super::root::Root;

/// One enum of unit variants.
pub(crate) struct Choice {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<Variant>,
}

/// One offered value.
pub(crate) struct Variant {
    pub(crate) ident: Ident,
    pub(crate) value: String,
    pub(crate) value_span: Span,
    pub(crate) label: String,
    /// Where the label is written, if it is.
    pub(crate) label_span: Option<Span>,
}
