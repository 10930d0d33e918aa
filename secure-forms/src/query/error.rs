//! What can go wrong with a query, as data. No value of a statement or a row is ever in it: errors end up in logs.

use std::fmt;

/// Why a query failed.
///
/// ```
/// # use secure_forms::query::Error;
/// fn words(error: &Error) -> &'static str {
///     match error {
///         error if error.is_unique_violation("users.email") => "This email is taken.",
///         error if error.is_busy() => "Please try again in a moment.",
///         _ => "Something went wrong.",
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
}

/// The kinds of [`Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `one` met no row.
    NotFound,
    /// `one` or `optional` met more than one row.
    TooManyRows,
    /// A row with the same key exists. The names are `table.column`, or the index when it is one over expressions.
    UniqueViolation(Vec<String>),
    /// A column must not be NULL: `table.column`.
    NotNullViolation(String),
    /// A `CHECK` of this name (or with this text, when it has no name) does not hold.
    CheckViolation(String),
    /// A row that others refer to would vanish, or one that is referred to does not exist.
    ForeignKeyViolation,
    /// Another writer held the database for longer than the busy time-out.
    Busy,
    /// A value does not fit into the SQL type, the cap of a `LIMIT`, or the length of a search.
    OutOfRange(&'static str),
    /// The column of this name holds something that the row's field cannot be.
    UnexpectedValue(&'static str),
    /// The statement was checked against another schema than the one that this database was opened with.
    OtherSchema,
    /// The schema of the database, or its list of migrations, is not the one of this program.
    Schema(String),
    /// The database's file, or one beside it, is not its owner's alone.
    File {
        /// The file or folder.
        path: std::path::PathBuf,
        /// What is wrong with it, and what to do.
        what: String,
    },
    /// The statement took longer than this and was stopped ([`DbOptions::deadline`](super::DbOptions::deadline)), or the transaction did
    /// ([`DbOptions::transaction_deadline`](super::DbOptions::transaction_deadline)); it changed nothing.
    Deadline(std::time::Duration),
    /// What was to be executed reads only, so that executing it would do nothing. `query!` refuses it when the program is compiled.
    ReadsOnly,
    /// The statement would change the connection, a transaction or the schema. `query!` refuses it when the program is compiled.
    NotAllowed,
    /// The database was opened in a way that cannot work.
    Configuration(&'static str),
    /// The caller went away before the work was done; a transaction was rolled back.
    Abandoned,
    /// The transaction is over, and nothing more of it runs: a statement or a part of it was stopped or given up half-way, and the whole was rolled
    /// back, or the closure that it belongs to is done.
    TransactionOver,
    /// Whatever else the driver says: its own result code and what that stands for.
    Driver {
        /// Its code; of SQLite, the extended result code.
        code: i32,
        /// What the code means.
        meaning: String,
    },
}

impl Error {
    pub(super) fn new(kind: ErrorKind) -> Self {
        Self { kind }
    }

    pub(super) fn out_of_range(what: &'static str) -> Self {
        Self::new(ErrorKind::OutOfRange(what))
    }

    /// What went wrong, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    /// Whether a row with the same value in this column (`users.username`) exists already. For a key of several columns any of them answers;
    /// for an index over expressions its own name does.
    pub fn is_unique_violation(&self, column: &str) -> bool {
        matches!(&self.kind, ErrorKind::UniqueViolation(names) if names.iter().any(|name| name.eq_ignore_ascii_case(column)))
    }

    /// Whether `one` met no row.
    ///
    /// ```
    /// use secure_forms::query::{Db, Error};
    /// use secure_forms::{query, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// let error = query!("SELECT email FROM users WHERE username = 'ada'").one(&db).await.unwrap_err();
    /// // What a person is told depends on what went wrong.
    /// let told = match error {
    ///     error if error.is_not_found() => "There is nobody of this name.",
    ///     error if error.is_temporary() || error.is_deadline() => "Please try again in a moment.",
    ///     _ => "This did not work.",
    /// };
    /// assert_eq!(told, "There is nobody of this name.");
    /// # Ok(())
    /// # }
    /// ```
    pub fn is_not_found(&self) -> bool {
        self.kind == ErrorKind::NotFound
    }

    /// Whether the statement took too long and was stopped.
    pub fn is_deadline(&self) -> bool {
        matches!(self.kind, ErrorKind::Deadline(_))
    }

    /// Whether the database was held by another writer for too long; the same query may work a moment later.
    pub fn is_busy(&self) -> bool {
        self.kind == ErrorKind::Busy
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::NotFound => out.write_str("no such row"),
            ErrorKind::TooManyRows => out.write_str("more than one row"),
            ErrorKind::UniqueViolation(names) => write!(out, "a row with the same {} exists", names.join(", ")),
            ErrorKind::NotNullViolation(column) => write!(out, "{column} must not be NULL"),
            ErrorKind::CheckViolation(name) => write!(out, "the check {name} does not hold"),
            ErrorKind::ForeignKeyViolation => out.write_str("a row refers to one that does not exist"),
            ErrorKind::Busy => out.write_str("the database is busy"),
            ErrorKind::OutOfRange(what) => write!(out, "{what} cannot be bound"),
            ErrorKind::UnexpectedValue(column) => write!(out, "the column {column} holds a value of another type"),
            ErrorKind::OtherSchema => out.write_str("the statement was checked against another schema"),
            ErrorKind::File { path, what } => write!(out, "{} {what}", path.display()),
            ErrorKind::Deadline(deadline) => write!(
                out,
                "stopped after {deadline:?}: give the statement a LIMIT, or its conditions an index, or more time (`DbOptions::deadline`; for a transaction \
                 that waits for something else, `DbOptions::transaction_deadline`)"
            ),
            ErrorKind::ReadsOnly => out.write_str("the statement only reads: call `.one`, `.optional` or `.all`"),
            ErrorKind::NotAllowed => out.write_str("a statement reads and writes rows, and nothing else"),
            ErrorKind::Schema(what) => write!(out, "the schema does not fit: {what}"),
            ErrorKind::Configuration(what) => out.write_str(what),
            ErrorKind::Abandoned => out.write_str("the caller went away"),
            ErrorKind::TransactionOver => {
                out.write_str("the transaction is over: it was rolled back, or its closure is done")
            }
            ErrorKind::Driver { code, meaning } => write!(out, "error {code} of the database: {meaning}"),
        }
    }
}

impl std::error::Error for Error {}
