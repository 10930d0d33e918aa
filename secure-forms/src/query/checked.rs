//! What the macro says of a query: its texts, which are constants, what it does to the database, and how its rows are read.

use super::bound::Params;
use super::columns::Columns;
use super::error::Error;

/// A statement whose text was checked when the program was compiled. `query!` implements it for a type of its own.
///
/// # Security
/// The text is an associated constant, and the value of a constant cannot depend on anything that happens at run time: `const TEXTS` made of
/// a variable `text` does not compile (E0435), not even with a `&'static str` that was made by leaking a `String`. So an implementation
/// written by hand may be unchecked, but never injectable. Nor can [`Texts::parts`] bring text in: they are places of constant texts, and what the
/// values of a statement decide is only which of them are left out.
pub trait Checked: 'static {
    /// Every statement that the query can become, once per dialect that it was checked for.
    const TEXTS: &'static [Texts];
    /// What it does to the database.
    const ACCESS: Access;
    /// The SQL types of its values.
    type Params: Params;
    /// One row of its result; `()` when there are none.
    type Row: Send + 'static;

    /// Reads a row.
    ///
    /// # Errors
    /// [`ErrorKind::UnexpectedValue`](super::ErrorKind::UnexpectedValue) if a column holds what its field cannot be.
    fn row(columns: &Columns<'_>) -> Result<Self::Row, Error>;
}

/// A language of databases: each has a text of its own for a statement.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// The one of `canned`, for unit tests.
    #[cfg(test)]
    Canned,
}

/// The texts of one query in one dialect. To have one is to have nothing: statements run from the constant [`Checked::TEXTS`] alone.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// The dialect.
    pub dialect: Dialect,
    /// The schema that they were checked against: [`Schema::hash`](super::Schema::hash).
    pub schema: u64,
    /// One text per shape.
    pub shapes: &'static [&'static str],
    /// For each text its optional parts that do not influence each other, in the order of the text, as places in bytes: it is also a statement
    /// without any of these stretches. The first 64 count; texts that have none need no entry.
    pub parts: &'static [&'static [(usize, usize)]],
}

/// What a statement does to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// It only reads, and runs on a connection that cannot write.
    Read,
    /// It writes, one at a time.
    Write,
}
