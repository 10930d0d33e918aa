//! What makes a connection to SQLite safe to run checked statements on: its settings, its limits, and what a statement may do. The macro prepares
//! statements on a connection that went through here, and the library runs them on one ("Defense Against The Dark Arts", SQLite).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, Result};

/// The longest text or pattern that may be searched for with `LIKE`, in bytes. `LIKE` compares it at every place of a text, and nothing can stop it
/// on its way through one: a text of 1 MiB that is made for it takes about 0.1 s with 64 bytes, 0.25 s with 128, 10 s with 4096.
pub const LONGEST_SEARCH: usize = 128;

/// The longest text that `instr` and `replace` may look for, in bytes: the same cost, but compared by the processor (0.07 s for a text of 1 MiB).
pub const LONGEST_NEEDLE: usize = 4096;

/// The largest text, blob or row, in bytes.
pub const LARGEST_VALUE: i32 = 64 << 20;

/// The limits of a connection ("Run-Time Limits", SQLite).
const LIMITS: [(Limit, i32); 7] = [
    (Limit::SQLITE_LIMIT_LENGTH, LARGEST_VALUE),
    // Every statement is a constant of the program; a migration may be long.
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 16 << 20),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 100),
    (Limit::SQLITE_LIMIT_VDBE_OP, 1_000_000),
    (Limit::SQLITE_LIMIT_ATTACHED, 0),
    // A search text is escaped and has a wildcard at each end.
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 2 * LONGEST_SEARCH as i32 + 2),
    (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
];

/// Whose text runs: while this is set the library's own, which may do what statements may not.
#[derive(Clone, Debug, Default)]
pub struct OwnText(Arc<AtomicBool>);

impl OwnText {
    /// Runs `work`, in which everything is allowed; afterwards nothing more than before, also when it panics.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = Restore(&self.0, self.0.swap(true, Ordering::Relaxed));
        let done = work();
        drop(before);
        done
    }
}

struct Restore<'a>(&'a AtomicBool, bool);

impl Drop for Restore<'_> {
    fn drop(&mut self) {
        self.0.store(self.1, Ordering::Relaxed);
    }
}

/// Sets a fresh connection up. Statements on it can then read and write rows, and nothing else: no `PRAGMA`, `ATTACH` or transaction, no object that
/// would outlive the statement, also not in a temporary schema. What runs within [`OwnText::during`] is not asked.
///
/// ```
/// use rusqlite::Connection;
/// use secure_forms_core::sqlite::harden;
///
/// let mut connection = Connection::open_in_memory()?;
/// let own = harden(&mut connection)?;
/// own.during(|| connection.execute_batch("CREATE TABLE t (a)"))?;
/// assert!(connection.prepare("SELECT a FROM t").is_ok());
/// assert!(connection.prepare("PRAGMA query_only = 0").is_err());
/// # Ok::<(), rusqlite::Error>(())
/// ```
///
/// # Errors
/// The driver's, if it does not know a setting.
///
/// # Security
/// A name in double quotes is never a text, writes to SQLite's own tables are refused (defensive mode), functions with side effects are not called
/// from a schema, foreign keys are enforced.
pub fn harden(connection: &mut Connection) -> Result<OwnText> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
    for (limit, value) in LIMITS {
        connection.set_limit(limit, value)?;
    }
    rusqlite::vtab::array::load_module(connection)?;
    let own = OwnText::default();
    let asked = own.clone();
    connection.authorizer(Some(move |context: AuthContext<'_>| {
        if asked.0.load(Ordering::Relaxed) || is_allowed(&context.action) {
            Authorization::Allow
        } else {
            Authorization::Deny
        }
    }))?;
    Ok(own)
}

/// What a statement may do ("Authorizer Action Codes", SQLite).
fn is_allowed(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Insert { table_name }
        | AuthAction::Delete { table_name }
        | AuthAction::Update { table_name, .. } => !is_reserved(table_name),
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        // Full-text tables ask these two of their own storage.
        AuthAction::Pragma { pragma_name, pragma_value: None } => {
            ["data_version", "page_size"].iter().any(|name| name.eq_ignore_ascii_case(pragma_name))
        }
        _ => false,
    }
}

/// SQLite's tables, and the list of migrations.
fn is_reserved(table: &str) -> bool {
    table.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
        || table.eq_ignore_ascii_case("secure_forms_migrations")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection() -> (Connection, OwnText) {
        let mut connection = Connection::open_in_memory().unwrap();
        let own = harden(&mut connection).unwrap();
        let tables = "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT); CREATE VIRTUAL TABLE f USING fts5(body);
            CREATE VIRTUAL TABLE r USING rtree(id, x, y); CREATE TABLE secure_forms_migrations (name); INSERT INTO t (b) VALUES ('x')";
        own.during(|| connection.execute_batch(tables)).unwrap();
        (connection, own)
    }

    #[test]
    fn a_statement_reads_and_writes_rows() {
        let (connection, _) = connection();
        for text in [
            "SELECT a, (SELECT count(*) FROM t) FROM t WHERE b LIKE 'x%'",
            "INSERT INTO t (b) VALUES ('y') ON CONFLICT DO NOTHING RETURNING a",
            "UPDATE t SET b = 'z' WHERE a = 1",
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) DELETE FROM t WHERE a IN (SELECT x FROM c) RETURNING b",
            "INSERT INTO f (body) VALUES ('some words')",
            "SELECT body FROM f WHERE f MATCH 'words'",
            "INSERT INTO r VALUES (1, 2, 3)",
            "SELECT value FROM json_each('[1, 2]')",
            "EXPLAIN QUERY PLAN SELECT 1",
        ] {
            let mut statement = connection.prepare(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            let mut rows = statement.query([]).unwrap();
            while rows.next().unwrap_or_else(|error| panic!("{text}: {error}")).is_some() {}
        }
    }

    #[test]
    fn a_statement_changes_neither_the_connection_nor_the_schema() {
        let (connection, own) = connection();
        for text in [
            "PRAGMA foreign_keys = OFF",
            "PRAGMA query_only = 0",
            "EXPLAIN PRAGMA foreign_keys = OFF",
            "PRAGMA case_sensitive_like(1)",
            "PRAGMA data_version = 1",
            "ATTACH ':memory:' AS x",
            "DETACH main",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT x",
            "RELEASE x",
            "VACUUM",
            "VACUUM INTO '/nowhere/x'",
            "REINDEX",
            "ANALYZE",
            "CREATE TABLE u (a)",
            "CREATE TEMP TABLE u (a)",
            "CREATE TEMP VIEW v AS SELECT 1",
            "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END",
            "CREATE INDEX i ON t (b)",
            "DROP TABLE t",
            "ALTER TABLE t ADD c",
            "CREATE VIRTUAL TABLE w USING fts5(x)",
            "DELETE FROM sqlite_sequence WHERE name = 't'",
            "DELETE FROM secure_forms_migrations WHERE name = 'x'",
            "SELECT load_extension('x')",
        ] {
            // VACUUM is only asked about when it runs.
            assert!(connection.execute_batch(text).is_err(), "{text}");
        }
        let foreign_keys = || connection.query_row("PRAGMA foreign_keys", [], |row| row.get::<_, i64>(0));
        assert_eq!(own.during(foreign_keys).unwrap(), 1);
    }
}
