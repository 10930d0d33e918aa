//! The rows that a function gives in FROM.

use std::ops::Range;

use sqlparser::ast::DataType;

use crate::types::Ty;

/// What a call in FROM gives.
pub(crate) struct Rows {
    pub(crate) columns: Vec<RowColumn>,
    /// One column, which the alias names too.
    pub(crate) scalar: bool,
    /// It has SQLite's hidden `rowid`.
    pub(crate) has_rowid: bool,
}

pub(crate) struct RowColumn {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
}

/// A column that the alias of a call declares: `AS x(a int, b text)`.
pub(crate) struct DeclaredColumn<'q> {
    pub(crate) name: String,
    pub(crate) data_type: Option<&'q DataType>,
    pub(crate) span: Range<usize>,
}

impl Rows {
    pub(crate) fn of(columns: Vec<RowColumn>) -> Self {
        Self { columns, scalar: false, has_rowid: false }
    }
}

impl RowColumn {
    pub(crate) fn new(name: impl Into<String>, ty: Ty, nullable: bool) -> Self {
        Self { name: name.into(), ty, nullable }
    }
}
