//! What stops a statement that runs: its deadline, and a caller that went away. SQLite asks every few thousand steps ("sqlite3_progress_handler"),
//! so that a thread of the pool is free again at once, and the connection with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::error::is_interrupted;
use crate::query::error::{Error, ErrorKind};

/// Steps of SQLite's machine between two questions: some 10 µs.
pub(super) const STEPS: i32 = 2000;

/// Why a statement goes on.
#[derive(Debug)]
struct Running {
    until: Option<Instant>,
    abandoned: Arc<AtomicBool>,
}

/// Watches the statements of one connection, one at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Watch(Arc<Mutex<Option<Running>>>);

impl Watch {
    /// Whether the statement that runs is to be stopped: what SQLite asks.
    pub(super) fn is_over(&self) -> bool {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().is_some_and(|running| {
            running.abandoned.load(Ordering::Acquire) || running.until.is_some_and(|until| Instant::now() >= until)
        })
    }

    /// Runs a statement that ends with its deadline or its caller, and says of an interruption which of the two it was.
    pub(super) fn during<T>(
        &self,
        deadline: Duration,
        abandoned: &Arc<AtomicBool>,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        if abandoned.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Abandoned));
        }
        // A deadline beyond the clock's end is none.
        let until = Instant::now().checked_add(deadline);
        self.set(Some(Running { until, abandoned: Arc::clone(abandoned) }));
        let over = Over(self);
        let done = work();
        drop(over);
        match done {
            Err(error) if is_interrupted(&error) && abandoned.load(Ordering::Acquire) => {
                Err(Error::new(ErrorKind::Abandoned))
            }
            Err(error) if is_interrupted(&error) => Err(Error::new(ErrorKind::Deadline(deadline))),
            done => done,
        }
    }

    fn set(&self, running: Option<Running>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = running;
    }
}

/// Ends the watch, also when the work panics.
struct Over<'w>(&'w Watch);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.set(None);
    }
}
