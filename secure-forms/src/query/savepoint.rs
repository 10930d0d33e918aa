//! What is begun on a connection and undone unless it is ended: transactions and points within them.

use super::connection::Connection;
use super::error::Error;

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
pub(super) struct Open<'c> {
    connection: &'c Connection,
    undo: Option<&'static str>,
}

impl<'c> Open<'c> {
    pub(super) fn begin(connection: &'c Connection, begin: &'static str, undo: &'static str) -> Result<Self, Error> {
        connection.own_text(begin)?;
        Ok(Self { connection, undo: Some(undo) })
    }

    pub(super) fn end(mut self, end: &'static str) -> Result<(), Error> {
        // If it fails (a deferred foreign key, a full disk) the drop undoes what was begun.
        self.connection.own_text(end)?;
        self.undo = None;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // Some errors roll back by themselves (SQLite, "Response To Errors Within A Transaction"); then there is nothing to undo.
        if let Some(undo) = self.undo.filter(|_| !self.connection.is_autocommit()) {
            let _ = self.connection.own_text(undo);
        }
    }
}
