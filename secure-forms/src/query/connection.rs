//! One connection to SQLite: how it is opened and hardened, how a statement runs on it. Everything that takes SQL text is
//! private to this room, and there the text is `&'static`.

use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types;
use rusqlite::{CachedStatement, OpenFlags};

use super::checked::{Access, Checked};
use super::columns::Columns;
use super::error::{Error, ErrorKind};
use super::savepoint::Savepoint;
use super::value::Value;

/// Statements kept ready per connection.
const CACHED_STATEMENTS: usize = 256;

/// A connection. Public in name only: it has no public method.
#[derive(Debug)]
pub struct Connection {
    driver: rusqlite::Connection,
    schema: u64,
}

impl Connection {
    /// Opens a file for reading or for writing.
    pub(super) fn open(path: &Path, access: Access, busy: Duration, schema: u64) -> Result<Self, Error> {
        // Without SQLITE_OPEN_URI: a path is a path, whatever it looks like.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let driver = rusqlite::Connection::open_with_flags(path, flags)?;
        driver.busy_timeout(busy)?;
        driver.pragma_update(None, "journal_mode", "WAL")?;
        // Safe in WAL mode: a power cut may lose the last commits, never the database (SQLite, "PRAGMA synchronous").
        driver.pragma_update(None, "synchronous", "NORMAL")?;
        let connection = Self::harden(driver, schema)?;
        if access == Access::Read {
            connection.driver.pragma_update(None, "query_only", true)?;
        }
        Ok(connection)
    }

    /// Opens a database that lives as long as the connection.
    pub(super) fn in_memory(schema: u64) -> Result<Self, Error> {
        Self::harden(rusqlite::Connection::open_in_memory()?, schema)
    }

    fn harden(driver: rusqlite::Connection, schema: u64) -> Result<Self, Error> {
        // "name" in double quotes is a name, never a text when there is no such column.
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        driver.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
        rusqlite::vtab::array::load_module(&driver)?;
        driver.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        Ok(Self { driver, schema })
    }

    /// The driver, for this room: migrations and transactions.
    pub(super) fn driver(&self) -> &rusqlite::Connection {
        &self.driver
    }

    pub(super) fn expect_schema(&self, schema: u64) -> Result<(), Error> {
        if self.schema == schema { Ok(()) } else { Err(Error::new(ErrorKind::OtherSchema)) }
    }

    pub(super) fn execute(&self, text: &'static str, values: Vec<Value>) -> Result<u64, Error> {
        let mut statement = self.prepare(text, values)?;
        if statement.readonly() {
            return Ok(0);
        }
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(self.driver.changes())
    }

    /// The only row, or none.
    pub(super) fn at_most_one<Q: Checked>(
        &self,
        text: &'static str,
        values: Vec<Value>,
    ) -> Result<Option<Q::Row>, Error> {
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

    pub(super) fn all<Q: Checked>(&self, text: &'static str, values: Vec<Value>) -> Result<Vec<Q::Row>, Error> {
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

    fn prepare(&self, text: &'static str, values: Vec<Value>) -> Result<CachedStatement<'_>, Error> {
        let mut statement = self.driver.prepare_cached(text)?;
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
