//! Transactions: several statements that happen together or not at all.

use std::sync::atomic::{AtomicBool, Ordering};

use super::connection::Connection;
use super::error::{Error, ErrorKind};
use super::statement::{Access, sealed::Run};

/// A transaction, as the closure of [`Db::tx`](super::Db::tx) sees it. Statements run on it at once: `query!(…).execute(tx)?`.
#[derive(Debug)]
pub struct Tx<'c> {
    connection: &'c Connection,
}

impl Tx<'_> {
    /// A part of the transaction that can fail alone: it is undone if `work` gives an error or panics, and the transaction goes on.
    ///
    /// # Errors
    /// That of `work`, or of the database.
    pub fn savepoint<T, E: From<Error>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        Savepoint::around(self.connection, || work(&Tx { connection: self.connection }))
    }
}

impl Run for &Tx<'_> {
    type Output<T: Send + 'static> = Result<T, Error>;

    fn run<T, F>(self, _: Access, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        job(self.connection)
    }
}

/// Runs `work` in a transaction that takes the writer's lock at its start, so that it cannot fail half-way because another has it.
/// `abandoned` is read before the commit: a caller that went away gets nothing written.
pub(super) fn run<T, E: From<Error>>(
    connection: &Connection,
    abandoned: &AtomicBool,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let open = Open::begin(connection, "BEGIN IMMEDIATE", "ROLLBACK")?;
    let done = work(&Tx { connection })?;
    if abandoned.load(Ordering::Acquire) {
        return Err(Error::new(ErrorKind::Abandoned).into());
    }
    open.end("COMMIT")?;
    Ok(done)
}

/// A named point within a transaction, or a small transaction when there is none.
pub(super) struct Savepoint;

impl Savepoint {
    pub(super) fn around<T, E: From<Error>>(
        connection: &Connection,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let undo = "ROLLBACK TO secure_forms; RELEASE secure_forms";
        let open = Open::begin(connection, "SAVEPOINT secure_forms", undo)?;
        let done = work()?;
        open.end("RELEASE secure_forms")?;
        Ok(done)
    }
}

/// What was begun and is undone when it is dropped: by an error, or by a panic on its way up.
struct Open<'c> {
    connection: &'c Connection,
    undo: Option<&'static str>,
}

impl<'c> Open<'c> {
    fn begin(connection: &'c Connection, begin: &'static str, undo: &'static str) -> Result<Self, Error> {
        connection.driver().execute_batch(begin)?;
        Ok(Self { connection, undo: Some(undo) })
    }

    fn end(mut self, end: &'static str) -> Result<(), Error> {
        // If it fails (a deferred foreign key, a full disk) the drop undoes what was begun.
        self.connection.driver().execute_batch(end)?;
        self.undo = None;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // Some errors roll back by themselves (SQLite, "Response To Errors Within A Transaction"); then there is nothing to undo.
        if let Some(undo) = self.undo.filter(|_| !self.connection.driver().is_autocommit()) {
            let _ = self.connection.driver().execute_batch(undo);
        }
    }
}
