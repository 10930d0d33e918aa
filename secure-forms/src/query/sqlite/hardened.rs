//! The driver behind what hardens it: statements read and write rows, and only this room's own constant texts do more.

use rusqlite::{CachedStatement, Connection};
use secure_forms_core::sqlite::{OwnText, harden};

use super::watch::STEPS;
use crate::query::error::Error;
use crate::query::text::SqlText;

/// Statements kept ready per connection.
const CACHED_STATEMENTS: usize = 256;

#[derive(Debug)]
pub(super) struct Hardened {
    driver: Connection,
    own: OwnText,
}

impl Hardened {
    /// Sets a fresh connection up; `is_over` says whether the statement that runs is to be stopped.
    pub(super) fn new(mut driver: Connection, is_over: impl FnMut() -> bool + Send + 'static) -> Result<Self, Error> {
        let own = harden(&mut driver)?;
        driver.progress_handler(STEPS, Some(is_over))?;
        driver.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        Ok(Self { driver, own })
    }

    /// Runs text of this room, which may do what statements may not: migrations, transactions, settings.
    pub(super) fn own<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        self.own.during(|| work(&self.driver))
    }

    /// Runs one constant text of this room.
    pub(super) fn own_text(&self, text: &'static str) -> Result<(), Error> {
        self.own(|driver| Ok(driver.execute_batch(text)?))
    }

    /// Prepares a statement of the program, or finds it prepared: the driver keeps those that ran last, by their joined text.
    pub(super) fn prepare(&self, text: SqlText) -> Result<CachedStatement<'_>, Error> {
        Ok(self.driver.prepare_cached(&text.join()?)?)
    }

    /// How many rows the last statement inserted, changed or deleted.
    pub(super) fn changes(&self) -> u64 {
        self.driver.changes()
    }

    /// Whether no transaction is open.
    pub(super) fn is_autocommit(&self) -> bool {
        self.driver.is_autocommit()
    }
}
