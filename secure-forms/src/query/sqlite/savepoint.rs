//! What is begun on a connection and undone unless it is ended: transactions and points within them.

use super::hardened::Hardened;
use crate::query::error::Error;

/// A named point within a transaction, or a small transaction when there is none.
pub(super) struct Savepoint;

impl Savepoint {
    pub(super) fn around<T, E: From<Error>>(driver: &Hardened, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        let undo = "ROLLBACK TO secure_forms; RELEASE secure_forms";
        let open = Open::begin(driver, "SAVEPOINT secure_forms", undo)?;
        let done = work()?;
        open.end("RELEASE secure_forms")?;
        Ok(done)
    }
}

/// What was begun and is undone when it is dropped: by an error, or by a panic on its way up.
pub(super) struct Open<'c> {
    driver: &'c Hardened,
    undo: Option<&'static str>,
}

impl<'c> Open<'c> {
    pub(super) fn begin(driver: &'c Hardened, begin: &'static str, undo: &'static str) -> Result<Self, Error> {
        driver.own_text(begin)?;
        Ok(Self { driver, undo: Some(undo) })
    }

    pub(super) fn end(mut self, end: &'static str) -> Result<(), Error> {
        // If it fails (a deferred foreign key, a full disk) the drop undoes what was begun.
        self.driver.own_text(end)?;
        self.undo = None;
        Ok(())
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        // Some errors roll back by themselves (SQLite, "Response To Errors Within A Transaction"); then there is nothing to undo.
        if let Some(undo) = self.undo.filter(|_| !self.driver.is_autocommit()) {
            let _ = self.driver.own_text(undo);
        }
    }
}
