//! One connection to SQLite: how it is opened and hardened, how a statement runs on it. Everything that takes SQL text is
//! private to this room, and there it is a [`Text`].

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rusqlite::types;
use rusqlite::{CachedStatement, OpenFlags};

use super::checked::{Access, Checked};
use super::columns::Columns;
use super::error::{Error, ErrorKind};
use super::hardened::Hardened;
use super::savepoint::Savepoint;
use super::text::Text;
use super::value::Value;
use super::watch::Watch;

/// A connection. Public in name only: it has no public method.
#[derive(Debug)]
pub struct Connection {
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

    pub(super) fn expect_schema(&self, schema: u64) -> Result<(), Error> {
        if self.settings.schema == schema { Ok(()) } else { Err(Error::new(ErrorKind::OtherSchema)) }
    }

    pub(super) fn execute(&self, text: Text, values: Vec<Value>) -> Result<u64, Error> {
        let mut statement = self.prepare(text, values)?;
        if statement.readonly() {
            return Err(Error::new(ErrorKind::ReadsOnly));
        }
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(self.driver.changes())
    }

    /// The only row, or none.
    pub(super) fn at_most_one<Q: Checked>(&self, text: Text, values: Vec<Value>) -> Result<Option<Q::Row>, Error> {
        self.whole(Q::ACCESS, || {
            let mut statement = self.prepare(text, values)?;
            let mut rows = statement.raw_query();
            let Some(row) = rows.next()? else { return Ok(None) };
            let first = Q::row(&Columns::of(row))?;
            if rows.next()?.is_some() {
                return Err(Error::new(ErrorKind::TooManyRows));
            }
            Ok(Some(first))
        })
    }

    pub(super) fn all<Q: Checked>(&self, text: Text, values: Vec<Value>) -> Result<Vec<Q::Row>, Error> {
        self.whole(Q::ACCESS, || {
            let mut statement = self.prepare(text, values)?;
            let mut rows = statement.raw_query();
            let mut read = Vec::new();
            while let Some(row) = rows.next()? {
                read.push(Q::row(&Columns::of(row))?);
            }
            Ok(read)
        })
    }

    /// A write whose rows cannot be given to the caller (too many, or of another type) is undone.
    fn whole<T>(&self, access: Access, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        match access {
            Access::Read => work(),
            Access::Write => Savepoint::around(&self.driver, work),
        }
    }

    fn prepare(&self, text: Text, values: Vec<Value>) -> Result<CachedStatement<'_>, Error> {
        let mut statement = self.driver.prepare(&text.join()?)?;
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
