//! `query!` once it has been read, and once it has been judged.

use proc_macro2::Span;
use secure_forms_sql::template::{Shape, Template};
use syn::{Ident, LitStr, Type};

use crate::model::schema::Project;

/// What stands between the parentheses of `query!` and `query_as!`.
pub(crate) struct Query {
    /// The string literals, and where each begins in `text`.
    pub(crate) literals: Vec<(LitStr, usize)>,
    /// Their text, joined by line breaks.
    pub(crate) text: String,
    /// The word `all_rows`.
    pub(crate) all_rows: Option<Span>,
    /// The columns of `unchecked(…)`.
    pub(crate) unchecked: Option<Vec<Asserted>>,
    /// The type of `query_as!`.
    pub(crate) row: Option<Type>,
}

/// A column as `unchecked(name: Type)` asserts it.
pub(crate) struct Asserted {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

impl Query {
    /// The literal that holds this place of the text.
    pub(crate) fn literal(&self, at: usize) -> Option<&LitStr> {
        self.literals.iter().rev().find(|(_, start)| *start <= at).or(self.literals.first()).map(|(literal, _)| literal)
    }

    pub(crate) fn span(&self, at: usize) -> Span {
        self.literal(at).map_or_else(Span::call_site, LitStr::span)
    }
}

/// A query that may be expanded.
pub(crate) struct Judged<'q> {
    pub(crate) query: &'q Query,
    pub(crate) project: &'q Project,
    pub(crate) template: Template<'q>,
    /// For every choice the text with all independent parts, and where they stand in it.
    pub(crate) wholes: Vec<Shape>,
    /// The SQL type of every slot.
    pub(crate) params: Vec<Place>,
    /// The slots whose texts are looked for, and so must be short.
    pub(crate) needles: Vec<usize>,
    pub(crate) columns: Vec<Column>,
    pub(crate) writes: bool,
}

/// The SQL type of a value, and whether it may be NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) marker: Marker,
    pub(crate) nullable: bool,
}

/// The SQL types that the runtime has a marker for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Text,
    BigInt,
    Real,
    Blob,
    Boolean,
    Any,
}

/// A column of the result.
pub(crate) struct Column {
    /// The name of its field.
    pub(crate) field: Ident,
    /// Its name in the database, for errors.
    pub(crate) name: String,
    pub(crate) place: Place,
    /// The Rust type that `unchecked` asserts.
    pub(crate) asserted: Option<Type>,
}
