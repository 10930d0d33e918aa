//! A checked statement with its values, ready to run. Its text is a constant of the program: no function of this crate takes SQL from a
//! variable.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::bound::Params;
use super::checked::{Access, Checked};
use super::connection::Connection;
use super::error::{Error, ErrorKind};
use super::text::Text;
use super::value::Value;

/// A statement that returns rows.
#[diagnostic::on_unimplemented(
    message = "this statement returns no rows",
    label = "there is nothing to read",
    note = "call `.execute(…)`, or add `RETURNING id` to the statement"
)]
pub trait Returning: Checked {}

/// A statement that writes rows.
#[diagnostic::on_unimplemented(
    message = "this statement only reads",
    label = "executing it would do nothing",
    note = "call `.one(…)`, `.optional(…)` or `.all(…)` to get its rows"
)]
pub trait Writing: Checked {}

/// A statement and its values. Nothing happens until one of its methods is called.
///
/// It runs on a [`Db`](super::Db), and then the method gives a future, or on a transaction ([`Tx`](super::Tx)), and then it gives the result.
#[must_use = "a query does nothing until `.execute`, `.one`, `.optional` or `.all` is called"]
pub struct Stmt<Q: Checked> {
    text: Result<Text, Error>,
    values: Vec<Value>,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Checked> std::fmt::Debug for Stmt<Q> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Stmt").field("text", &self.text).field("values", &self.values).finish()
    }
}

impl<Q: Checked> Stmt<Q> {
    /// The statement `TEXTS[shape]` with these values. Called by the macro.
    #[doc(hidden)]
    pub fn new(shape: usize, values: <Q::Params as Params>::Values) -> Self {
        Self::with_parts(shape, u64::MAX, values)
    }

    /// The statement `TEXTS[shape]` with those of `PARTS[shape]` whose bit is set. Called by the macro.
    #[doc(hidden)]
    pub fn with_parts(shape: usize, present: u64, values: <Q::Params as Params>::Values) -> Self {
        let mut collected = Vec::new();
        let text = Q::Params::collect(values, &mut collected).and_then(|()| Text::of::<Q>(shape, present));
        Self { text, values: collected, query: PhantomData }
    }

    /// The text that would run, for logs; values are not in it.
    pub fn text(&self) -> Option<Cow<'static, str>> {
        self.text.as_ref().ok().and_then(|text| text.join().ok())
    }

    /// Runs it and counts the rows that were inserted, changed or deleted.
    ///
    /// # Errors
    /// [`Error`]: a constraint, a busy database, a value out of range, a deadline.
    pub fn execute<E: Executor>(self, on: E) -> E::Output<u64>
    where
        Q: Writing,
    {
        self.run(on, Connection::execute)
    }

    /// The only row.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if there is none, [`ErrorKind::TooManyRows`] if there are several; else as [`Stmt::execute`].
    pub fn one<E: Executor>(self, on: E) -> E::Output<Q::Row>
    where
        Q: Returning,
    {
        self.run(on, |connection, text, values| {
            connection.at_most_one::<Q>(text, values)?.ok_or_else(|| Error::new(ErrorKind::NotFound))
        })
    }

    /// The only row, or `None`.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyRows`] if there are several; else as [`Stmt::execute`].
    pub fn optional<E: Executor>(self, on: E) -> E::Output<Option<Q::Row>>
    where
        Q: Returning,
    {
        self.run(on, Connection::at_most_one::<Q>)
    }

    /// All rows, in memory: give the statement a `LIMIT` where a stranger decides how many there are.
    ///
    /// # Errors
    /// As [`Stmt::execute`].
    pub fn all<E: Executor>(self, on: E) -> E::Output<Vec<Q::Row>>
    where
        Q: Returning,
    {
        self.run(on, Connection::all::<Q>)
    }

    fn run<E: Executor, T: Send + 'static>(
        self,
        on: E,
        work: fn(&Connection, Text, Vec<Value>) -> Result<T, Error>,
    ) -> E::Output<T> {
        let Self { text, values, .. } = self;
        on.run(Q::ACCESS, move |connection| {
            let text = text?;
            connection.expect_schema(Q::SCHEMA)?;
            work(connection, text, values)
        })
    }
}

/// Where a statement can run: `&Db` or `&Tx`. Not for others to implement.
pub trait Executor: sealed::Run {}

impl<E: sealed::Run> Executor for E {}

pub(super) mod sealed {
    use super::{Access, Connection, Error};

    /// The work itself. The trait cannot be named outside, and a [`Connection`] has no public method.
    #[diagnostic::on_unimplemented(
        message = "a statement cannot run on `{Self}`",
        label = "no database",
        note = "statements run on `&Db`, or on the `&Tx` that `db.tx(…)` hands over; both are what others cannot imitate"
    )]
    pub trait Run {
        /// `Result<T, Error>`, at once or in the future.
        type Output<T: Send + 'static>;

        fn run<T, F>(self, access: Access, job: F) -> Self::Output<T>
        where
            T: Send + 'static,
            F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static;
    }
}
