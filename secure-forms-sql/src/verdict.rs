//! What a good statement does: its kind, the columns that it returns, the parameters that it takes, the tables that it touches.

use sqlparser::ast::Statement;

use crate::types::Type;

/// The checker's account of a statement that the database accepts.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// What the statement does.
    pub statement: Kind,
    /// The columns of the rows that it returns, in order; empty if it returns none.
    pub columns: Vec<Column>,
    /// Its parameters in the order of their numbers (`$1` first).
    pub params: Vec<Param>,
    /// Every table that it reads or writes, in the order in which they are met; a table that is used twice stands twice.
    pub tables: Vec<TableUse>,
    /// Whether the outer statement has a `WHERE`.
    pub has_where: bool,
    /// Whether it returns rows (`SELECT`, or a write with `RETURNING`), even rows without columns.
    pub returns_rows: bool,
    /// For an `INSERT`: what it leaves out. Empty for others.
    pub insert: InsertNotes,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    /// `SELECT`, `VALUES`, `TABLE`, with or without `WITH`.
    Select,
    /// `INSERT` and `REPLACE`.
    Insert,
    /// `UPDATE`.
    Update,
    /// `DELETE`.
    Delete,
    /// Anything else that was found to be harmless to prepare (`CREATE TABLE`, `NOTIFY`, …).
    Other,
}

impl Kind {
    pub(crate) fn of(statement: &Statement) -> Self {
        match statement {
            Statement::Query(_) => Self::Select,
            Statement::Insert(_) => Self::Insert,
            Statement::Update(_) => Self::Update,
            Statement::Delete(_) => Self::Delete,
            _ => Self::Other,
        }
    }
}

/// A column of the rows that a statement returns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Column {
    /// The name as the database reports it.
    pub name: String,
    /// The type of its values; [`Type::Unknown`] where the checker cannot say.
    pub ty: Type,
    /// Whether a value can be NULL. `true` where the checker cannot say.
    pub nullable: bool,
    /// The table and the column from which the value comes unchanged.
    pub from: Option<(String, String)>,
}

/// A parameter of a statement.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Param {
    /// The type that it is used as; [`Type::Unknown`] where the checker cannot say.
    pub ty: Type,
    /// Whether NULL may be bound: `false` where it would be stored in a NOT NULL column.
    ///
    /// A parameter that is only compared takes NULL too, and then nothing matches: that is `false` here as well, because
    /// binding it is nearly always a mistake.
    pub nullable: bool,
}

/// A table that a statement reads or writes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableUse {
    /// The name as the schema knows it, with its schema where it has one.
    pub name: String,
    /// What is done to it.
    pub access: Access,
}

/// What a statement does to a table.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Access {
    /// Rows are read.
    Read,
    /// Rows are inserted, updated or deleted.
    Write,
}

/// What an `INSERT` leaves out. The database prepares such statements; they fail, or surprise, when they run.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct InsertNotes {
    /// The statement does not name its columns.
    pub unnamed_columns: bool,
    /// NOT NULL columns without default that are not given a value.
    pub missing: Vec<String>,
}
