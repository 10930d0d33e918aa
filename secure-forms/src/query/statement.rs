//! A checked statement with its values, ready to run. Its text is a constant of the program: no function of this crate takes SQL from a
//! variable.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::bound::Params;
use super::checked::{Checked, Dialect};
use super::collect::{All, AtMostOne, Count, One};
use super::driver::{Call, Collect};
use super::error::Error;
use super::executor::Outcome;
use super::executor::sealed::Run;
use super::text::{SqlText, Variant};
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
/// It runs on a [`Db`](super::Db) or on a transaction ([`Tx`](super::Tx)), and then the method gives a future; or on the transaction of
/// [`Db::tx_now`](super::Db::tx_now), and then it gives the result. [`Executor`](super::Executor) stands for the first two.
#[must_use = "a query does nothing until `.execute`, `.one`, `.optional` or `.all` is called"]
pub struct Stmt<Q: Checked> {
    variant: Variant,
    values: Result<Vec<Value>, Error>,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Checked> std::fmt::Debug for Stmt<Q> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texts: Vec<_> = Q::TEXTS.iter().filter_map(|texts| texts.shapes.get(self.variant.shape)).collect();
        out.debug_struct("Stmt").field("texts", &texts).field("values", &self.values).finish()
    }
}

impl<Q: Checked> Stmt<Q> {
    /// The statement of this number, in every dialect, with these values. Called by the macro.
    #[doc(hidden)]
    pub fn new(shape: usize, values: <Q::Params as Params>::Values) -> Self {
        Self::with_parts(shape, u64::MAX, values)
    }

    /// The statement of this number, in every dialect, with those of its parts whose bit is set. Called by the macro.
    #[doc(hidden)]
    pub fn with_parts(shape: usize, present: u64, values: <Q::Params as Params>::Values) -> Self {
        let mut collected = Vec::new();
        let values = Q::Params::collect(values, &mut collected).map(|()| collected);
        Self { variant: Variant { shape, present }, values, query: PhantomData }
    }

    /// The text that would run on a database of this dialect, for logs; values are not in it.
    ///
    /// ```
    /// use secure_forms::query::Dialect;
    /// use secure_forms::query;
    ///
    /// let (name, min) = ("ada", None::<i64>);
    /// let find = query!("SELECT id FROM users WHERE username = {name} [AND age >= {min?}]");
    /// assert_eq!(find.text(Dialect::Sqlite).as_deref(), Some("SELECT id FROM users WHERE username = ?"));
    /// ```
    #[must_use]
    pub fn text(&self, dialect: Dialect) -> Option<Cow<'static, str>> {
        SqlText::of::<Q>(dialect, self.variant).and_then(|(text, _)| text.join()).ok()
    }

    /// Runs it and counts the rows that were inserted, changed or deleted.
    ///
    /// # Errors
    /// [`Error`]: a constraint, a busy database, a value out of range, a deadline.
    pub fn execute<E: Run>(self, on: E) -> Outcome<E, u64>
    where
        Q: Writing,
    {
        self.run(on, Count)
    }

    /// The only row.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](super::ErrorKind::NotFound) if there is none, [`ErrorKind::TooManyRows`](super::ErrorKind::TooManyRows) if there are
    /// several; else as [`Stmt::execute`].
    pub fn one<E: Run>(self, on: E) -> Outcome<E, Q::Row>
    where
        Q: Returning,
    {
        self.run(on, One::<Q>::new())
    }

    /// The only row, or `None`.
    ///
    /// # Errors
    /// [`ErrorKind::TooManyRows`](super::ErrorKind::TooManyRows) if there are several; else as [`Stmt::execute`].
    pub fn optional<E: Run>(self, on: E) -> Outcome<E, Option<Q::Row>>
    where
        Q: Returning,
    {
        self.run(on, AtMostOne::<Q>::new())
    }

    /// All rows, in memory: give the statement a `LIMIT` where a stranger decides how many there are.
    ///
    /// # Errors
    /// As [`Stmt::execute`].
    pub fn all<E: Run>(self, on: E) -> Outcome<E, Vec<Q::Row>>
    where
        Q: Returning,
    {
        self.run(on, All::<Q>::new())
    }

    fn run<E: Run, C: Collect>(self, on: E, collect: C) -> Outcome<E, C::Output> {
        let Self { variant, values, .. } = self;
        on.run(Call::of::<Q>(E::DIALECT, variant, values, collect))
    }
}
