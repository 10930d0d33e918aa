//! Migrations, and the comparison that follows them: a program only runs on the schema that its statements were checked against.

use std::collections::BTreeMap;
use std::time::Duration;

use rusqlite::{Connection as Driver, OptionalExtension};

use super::connection::{Connection, DEADLINE, Settings};
use crate::query::error::{Error, ErrorKind};
use crate::query::schema::{Schema, fingerprint};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS secure_forms_migrations (
    name TEXT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT";

fn refuse(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Schema(what.into()))
}

/// Applies what is missing, all of it or nothing.
pub(super) fn migrate(connection: &Connection, schema: &Schema) -> Result<(), Error> {
    connection.driver().own(|driver| run(driver, schema))
}

fn run(driver: &Driver, schema: &Schema) -> Result<(), Error> {
    // Rebuilding a table that others refer to needs this off, which works only outside of a transaction; the check below makes up for it
    // (SQLite, "Making Other Kinds Of Table Schema Changes").
    driver.pragma_update(None, "foreign_keys", false)?;
    let applied = in_transaction(driver, || apply(driver, schema));
    driver.pragma_update(None, "foreign_keys", true)?;
    applied
}

fn in_transaction(driver: &Driver, work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
    driver.execute_batch("BEGIN IMMEDIATE")?;
    let worked = work();
    let ended = worked.and_then(|()| Ok(driver.execute_batch("COMMIT")?));
    if ended.is_err() && !driver.is_autocommit() {
        driver.execute_batch("ROLLBACK")?;
    }
    ended
}

fn apply(driver: &Driver, schema: &Schema) -> Result<(), Error> {
    driver.execute_batch(TABLE)?;
    let done: Vec<(String, String)> = driver
        .prepare("SELECT name, hash FROM secure_forms_migrations ORDER BY rowid")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let files = schema.files();
    for (at, (name, hash)) in done.iter().enumerate() {
        match files.get(at) {
            Some((file, text)) if file == name && fingerprint(text) == *hash => {}
            Some((file, _)) if file == name => {
                return Err(refuse(format!("the migration {name} was edited after it was applied")));
            }
            Some((file, _)) => {
                return Err(refuse(format!("the migration {file} comes before {name}, which was applied already")));
            }
            None => {
                return Err(refuse(format!("the database has the migration {name}, which this program does not know")));
            }
        }
    }
    for (name, text) in files.iter().skip(done.len()) {
        driver
            .execute_batch(text)
            .map_err(|error| refuse(format!("the migration {name} fails: {}", Error::from(error))))?;
        if driver.is_autocommit() {
            return Err(refuse(format!("the migration {name} ends the transaction: remove its BEGIN and COMMIT")));
        }
        let insert = "INSERT INTO secure_forms_migrations (name, hash) VALUES (?1, ?2)";
        driver.execute(insert, (name, fingerprint(text)))?;
    }
    let broken: Option<String> =
        driver.query_row("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", [], |row| row.get(0)).optional()?;
    broken.map_or(Ok(()), |table| Err(refuse(format!("rows of {table} refer to rows that do not exist"))))
}

/// What is in a database: kind and name → the table it belongs to and its text.
type Objects = BTreeMap<(String, String), (String, String)>;

/// Compares the live database with an empty one that got the same migrations. Every object of the schema must be there unchanged. A table or
/// view of somebody else is none of our business as long as it is passive. A trigger of theirs, on whatever table, could write ours with rights
/// that no statement has, and a table of theirs that refers to ours could keep our rows from being deleted.
pub(super) fn compare(connection: &Connection, schema: &Schema) -> Result<(), Error> {
    let model = Connection::in_memory(Settings { busy: Duration::ZERO, deadline: DEADLINE, schema: schema.hash() })?;
    migrate(&model, schema)?;
    let (wanted, live) = (model.driver().own(objects)?, connection.driver().own(objects)?);
    for ((kind, name), content) in &wanted {
        match live.get(&(kind.clone(), name.clone())) {
            Some(found) if found == content => {}
            Some(_) => return Err(refuse(format!("the {kind} {name} is not what the migrations make of it"))),
            None => return Err(refuse(format!("the {kind} {name} is missing"))),
        }
    }
    let is_ours = |table: &String| wanted.contains_key(&("table".to_owned(), table.clone()));
    let acts = |kind: &str, table: &String| kind == "trigger" || is_ours(table);
    let foreign = live.iter().find(|(key, (table, _))| !wanted.contains_key(key) && acts(&key.0, table));
    if let Some(((kind, name), (table, _))) = foreign {
        return Err(refuse(format!("the {kind} {name} of the table {table} is in none of the migrations")));
    }
    let referring = connection.driver().own(references)?;
    let referring = referring.iter().find(|(from, to)| !is_ours(from) && is_ours(to));
    referring.map_or(Ok(()), |(from, to)| {
        Err(refuse(format!("the table {from} refers to the table {to} and is in none of the migrations")))
    })
}

/// Which table refers to which by a foreign key, both as they were declared.
fn references(driver: &Driver) -> Result<Vec<(String, String)>, Error> {
    let text =
        "SELECT own.name, other.name FROM sqlite_schema own, pragma_foreign_key_list(own.name) key, sqlite_schema other
        WHERE own.type = 'table' AND other.type = 'table' AND other.name = key.\"table\" COLLATE NOCASE";
    let mut statement = driver.prepare(text)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn objects(driver: &Driver) -> Result<Objects, Error> {
    let text =
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    let mut statement = driver.prepare(text)?;
    let rows = statement.query_map([], |row| {
        let sql: String = row.get(3)?;
        Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, plain(&sql))))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The text without differences that mean nothing: line ends and indentation.
fn plain(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}
