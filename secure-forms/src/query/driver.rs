//! What a driver of a database is to the rest of this room: it runs [`Call`]s, and keeps a connection for a transaction. Values go in and rows come
//! out through types that belong to no driver.
//!
//! # Security
//! A driver gets SQL in two ways only: from a [`Call`], whose text [`Call::of`] takes from the constant [`Checked::TEXTS`], and from constants of its
//! own. Nothing here can be named outside of the crate, so nobody else can be a driver, make a call or read one.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use super::checked::{Access, Checked, Dialect};
use super::columns::Columns;
use super::error::Error;
use super::text::{SqlText, Variant};
use super::value::Value;

/// A database that statements and transactions run on.
pub(super) trait Driver: Send + Sync {
    /// A connection in a transaction.
    type Transaction: DriverTransaction;

    /// Runs one statement. When the future is dropped, a statement that runs is stopped and has changed nothing.
    fn call<C: Collect>(&self, call: Call<C>) -> impl Future<Output = Result<C::Output, Error>> + Send;

    /// Waits for a connection and begins a transaction on it.
    fn begin(&self) -> impl Future<Output = Result<Self::Transaction, Error>> + Send;

    /// How long a transaction may take.
    fn transaction_deadline(&self) -> Duration;
}

/// A connection in a transaction. Whatever else happens, the transaction is rolled back when this is dropped; and when a future that it gave is
/// dropped before it is done, because nobody knows then what was done. Afterwards it answers [`ErrorKind::TransactionOver`].
pub trait DriverTransaction: Send + Sized + 'static {
    /// Which of a statement's texts it runs.
    const DIALECT: Dialect;

    /// Runs one statement.
    fn call<C: Collect>(&mut self, call: Call<C>) -> impl Future<Output = Result<C::Output, Error>> + Send;

    /// Takes a step of the transaction.
    fn step(&mut self, step: Step) -> impl Future<Output = Result<(), Error>> + Send;
}

/// What a transaction does besides running statements.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Step {
    /// Begins a part that can be undone alone.
    Savepoint,
    /// Ends the last part that was begun, and keeps it.
    Release,
    /// Ends the last part that was begun, and undoes it.
    Undo,
    /// Ends the transaction and keeps it. If this fails, it is rolled back.
    Commit,
    /// Ends the transaction and undoes it.
    Rollback,
}

/// One statement that is to be run, and what is made of its result.
pub struct Call<C> {
    pub(super) text: SqlText,
    pub(super) schema: u64,
    pub(super) access: Access,
    pub(super) values: Vec<Value>,
    pub(super) collect: C,
}

impl<C> Call<C> {
    /// A variant of a checked query in a dialect: the one place where a text begins its way to a database.
    pub(super) fn of<Q: Checked>(
        dialect: Dialect,
        variant: Variant,
        values: Result<Vec<Value>, Error>,
        collect: C,
    ) -> Result<Self, Error> {
        let (text, schema) = SqlText::of::<Q>(dialect, variant)?;
        Ok(Self { text, schema, access: Q::ACCESS, values: values?, collect })
    }
}

impl<C> fmt::Debug for Call<C> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Call").field("text", &self.text).field("values", &self.values).finish_non_exhaustive()
    }
}

/// What is made of a result: its rows go in one after the other. Drivers that wait for each row and drivers that block both feed it.
pub trait Collect: Send + 'static {
    /// What comes out.
    type Output: Send + 'static;

    /// What the caller asks for.
    const WANTED: Wanted;

    /// Takes a row. An error ends the statement, and undoes it if it writes.
    fn row(&mut self, row: &Columns<'_>) -> Result<(), Error>;

    /// Ends: so many rows were inserted, changed or deleted.
    fn end(self, changed: u64) -> Result<Self::Output, Error>;
}

/// What a caller asks of a statement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Wanted {
    /// What it does: a statement that only reads is [`ErrorKind::ReadsOnly`].
    Effect,
    /// Its rows.
    Rows,
}
