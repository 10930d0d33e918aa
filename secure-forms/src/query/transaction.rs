//! Transactions: several statements that happen together or not at all.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::checked::Access;
use super::connection::Connection;
use super::error::{Error, ErrorKind};
use super::savepoint::{Open, Savepoint};
use super::statement::sealed::Run;

/// A transaction, as the closure of [`Db::tx`](super::Db::tx) sees it. Statements run on it at once: `query!(…).execute(tx)?`.
#[derive(Debug)]
pub struct Tx<'c> {
    connection: &'c Connection,
    abandoned: &'c Arc<AtomicBool>,
}

impl Tx<'_> {
    /// A part of the transaction that can fail alone: it is undone if `work` gives an error or panics, and the transaction goes on.
    ///
    /// # Errors
    /// That of `work`, or of the database.
    pub fn savepoint<T, E: From<Error>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let Tx { connection, abandoned } = *self;
        Savepoint::around(connection.driver(), || work(&Tx { connection, abandoned }))
    }
}

impl Run for &Tx<'_> {
    type Output<T: Send + 'static> = Result<T, Error>;

    fn run<T, F>(self, _: Access, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        self.connection.watched(self.abandoned, || job(self.connection))
    }
}

/// Runs `work` in a transaction that takes the writer's lock at its start, so that it cannot fail half-way because another has it.
/// `abandoned` is read before the commit: a caller that went away gets nothing written.
pub(super) fn run<T, E: From<Error>>(
    connection: &Connection,
    abandoned: &Arc<AtomicBool>,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let open = Open::begin(connection.driver(), "BEGIN IMMEDIATE", "ROLLBACK")?;
    let done = work(&Tx { connection, abandoned })?;
    if abandoned.load(Ordering::Acquire) {
        return Err(Error::new(ErrorKind::Abandoned).into());
    }
    open.end("COMMIT")?;
    Ok(done)
}
