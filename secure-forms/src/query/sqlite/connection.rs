//! One connection to SQLite: how it is opened and hardened, how a statement runs on it. Everything that takes SQL text is
//! private to this room, and there it is a [`SqlText`].

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rusqlite::types::{self, ValueRef};
use rusqlite::{CachedStatement, OpenFlags};

use super::hardened::Hardened;
use super::savepoint::Savepoint;
use super::watch::Watch;
use crate::query::checked::Access;
use crate::query::columns::{Columns, Row};
use crate::query::driver::{Call, Collect, Wanted};
use crate::query::error::{Error, ErrorKind};
use crate::query::text::SqlText;
use crate::query::value::Value;

/// A connection.
#[derive(Debug)]
pub(super) struct Connection {
    driver: Hardened,
    watch: Watch,
    settings: Settings,
}

/// How a connection is set up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    /// How long a statement waits for a writer of another process.
    pub(super) busy: Duration,
    /// How long a statement runs.
    pub(super) deadline: Duration,
    /// The schema that its statements were checked against.
    pub(super) schema: u64,
}

/// How long a statement runs unless the program says otherwise.
pub(super) const DEADLINE: Duration = Duration::from_secs(5);

impl Connection {
    /// Opens a file, which is there, for reading or for writing.
    pub(super) fn open(path: &Path, access: Access, settings: Settings) -> Result<Self, Error> {
        // Without SQLITE_OPEN_URI: a path is a path, whatever it looks like. Without SQLITE_OPEN_CREATE: a file that is gone is an error, and a
        // new one would have the mode that the umask gives.
        let flags =
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let connection = Self::harden(rusqlite::Connection::open_with_flags(path, flags)?, settings)?;
        connection.driver.own(|driver| {
            driver.busy_timeout(settings.busy)?;
            driver.pragma_update(None, "journal_mode", "WAL")?;
            // Safe in WAL mode: a power cut may lose the last commits, never the database (SQLite, "PRAGMA synchronous").
            driver.pragma_update(None, "synchronous", "NORMAL")?;
            if access == Access::Read {
                driver.pragma_update(None, "query_only", true)?;
            }
            Ok(())
        })?;
        Ok(connection)
    }

    /// Opens a database that lives as long as the connection.
    pub(super) fn in_memory(settings: Settings) -> Result<Self, Error> {
        Self::harden(rusqlite::Connection::open_in_memory()?, settings)
    }

    fn harden(driver: rusqlite::Connection, settings: Settings) -> Result<Self, Error> {
        let watch = Watch::default();
        let asked = watch.clone();
        Ok(Self { driver: Hardened::new(driver, move || asked.is_over())?, watch, settings })
    }

    /// The driver, for this room: migrations and transactions.
    pub(super) fn driver(&self) -> &Hardened {
        &self.driver
    }

    /// Runs a statement until its deadline, or until its caller goes away.
    pub(super) fn watched<T>(
        &self,
        abandoned: &Arc<AtomicBool>,
        work: impl FnOnce() -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.watch.during(self.settings.deadline, abandoned, work)
    }

    fn expect_schema(&self, schema: u64) -> Result<(), Error> {
        if self.settings.schema == schema { Ok(()) } else { Err(Error::new(ErrorKind::OtherSchema)) }
    }

    /// Some errors of a statement roll the whole transaction back (SQLite, "Response To Errors Within A Transaction"); what ran after one would be
    /// kept, each statement by itself.
    pub(super) fn expect_transaction(&self) -> Result<(), Error> {
        if self.driver.is_autocommit() { Err(Error::new(ErrorKind::TransactionOver)) } else { Ok(()) }
    }

    /// Runs a call. A write whose rows cannot be given to the caller (too many, or of another type) is undone.
    pub(super) fn run<C: Collect>(&self, call: Call<C>) -> Result<C::Output, Error> {
        self.expect_schema(call.schema)?;
        match (C::WANTED, call.access) {
            (Wanted::Rows, Access::Write) => Savepoint::around(&self.driver, || self.run_statement(call)),
            _ => self.run_statement(call),
        }
    }

    fn run_statement<C: Collect>(&self, call: Call<C>) -> Result<C::Output, Error> {
        let Call { text, values, mut collect, .. } = call;
        let mut statement = self.prepare(text, values)?;
        if C::WANTED == Wanted::Effect && statement.readonly() {
            return Err(Error::new(ErrorKind::ReadsOnly));
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            collect.row(&Columns::of(row))?;
        }
        collect.end(self.driver.changes())
    }

    fn prepare(&self, text: SqlText, values: Vec<Value>) -> Result<CachedStatement<'_>, Error> {
        let mut statement = self.driver.prepare(text)?;
        if statement.parameter_count() != values.len() {
            return Err(Error::new(ErrorKind::Configuration("the statement takes another number of values")));
        }
        for (at, value) in values.into_iter().enumerate() {
            match value {
                Value::List(members) => {
                    let members: Vec<types::Value> = members.into_iter().map(scalar).collect();
                    statement.raw_bind_parameter(at + 1, Rc::new(members))?;
                }
                value => statement.raw_bind_parameter(at + 1, scalar(value))?,
            }
        }
        Ok(statement)
    }
}

impl Row for rusqlite::Row<'_> {
    fn value(&self, index: usize) -> Option<Value> {
        Some(match self.get_ref(index).ok()? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Integer(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(text) => Value::Text(std::str::from_utf8(text).ok()?.to_owned()),
            ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        })
    }
}

fn scalar(value: Value) -> types::Value {
    match value {
        // A list within a list cannot be made: the members are bound by `Bind`, and no implementation of ours gives a list.
        Value::Null | Value::List(_) => types::Value::Null,
        Value::Integer(number) => types::Value::Integer(number),
        Value::Real(number) => types::Value::Real(number),
        Value::Text(text) => types::Value::Text(text),
        Value::Blob(bytes) => types::Value::Blob(bytes),
    }
}
