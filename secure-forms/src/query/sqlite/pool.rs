//! A few connections shared by many tasks. A task waits for its turn without blocking a thread; the connection itself is only touched on the
//! blocking pool, and finds its way back even when its task panics or is dropped.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::connection::{Connection, Settings};
use crate::query::checked::Access;
use crate::query::error::{Error, ErrorKind};

/// How new connections are made.
#[derive(Debug)]
pub(super) struct Opener {
    pub(super) path: Option<PathBuf>,
    pub(super) access: Access,
    pub(super) settings: Settings,
}

impl Opener {
    fn open(&self) -> Result<Connection, Error> {
        match &self.path {
            Some(path) => Connection::open(path, self.access, self.settings),
            // A database in memory went away with its connection; an empty new one would answer wrongly.
            None => Err(Error::new(ErrorKind::Configuration("the database in memory was lost"))),
        }
    }
}

#[derive(Debug)]
pub(super) struct Pool {
    opener: Opener,
    turns: Arc<Semaphore>,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    pub(super) fn new(opener: Opener, size: usize, first: Option<Connection>) -> Arc<Self> {
        let turns = Arc::new(Semaphore::new(size.clamp(1, Semaphore::MAX_PERMITS)));
        Arc::new(Self { opener, turns, idle: Mutex::new(first.into_iter().collect()) })
    }

    /// Waits for a turn, first come first served.
    pub(super) async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Error::new(ErrorKind::Abandoned))
    }

    /// The connection of a turn. Opening one may block.
    pub(super) fn lease(self: &Arc<Self>, turn: OwnedSemaphorePermit) -> Result<Lease, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| self.opener.open(), Ok)?;
        Ok(Lease { pool: Arc::clone(self), connection: Some(connection), _turn: turn })
    }
}

/// A connection for as long as a job lasts.
pub(super) struct Lease {
    pool: Arc<Pool>,
    connection: Option<Connection>,
    // Declared last, so that the connection is back before the turn is.
    _turn: OwnedSemaphorePermit,
}

impl Lease {
    pub(super) fn connection(&self) -> Result<&Connection, Error> {
        self.connection.as_ref().ok_or_else(|| Error::new(ErrorKind::Abandoned))
    }

    /// Whether dropping it rolls back.
    pub(super) fn is_in_transaction(&self) -> bool {
        self.connection.as_ref().is_some_and(|connection| !connection.driver().is_autocommit())
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        if !connection.driver().is_autocommit() {
            let _ = connection.driver().own_text("ROLLBACK");
        }
        // A connection that is still inside of a transaction is closed, which rolls back, and a new one is opened for the next task.
        if connection.driver().is_autocommit() {
            self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        }
    }
}

/// Tells a job on the blocking pool that nobody waits for it any more; the statement that runs is stopped.
#[derive(Debug, Default)]
pub(super) struct Waiting(Arc<std::sync::atomic::AtomicBool>);

impl Deref for Waiting {
    type Target = Arc<std::sync::atomic::AtomicBool>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, std::sync::atomic::Ordering::Release);
    }
}
