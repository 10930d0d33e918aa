//! The second judge: SQLite itself prepares every statement, on a database in memory that got the migrations. One per process and schema.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use crate::model::query::Marker;
use crate::model::schema::Project;

/// What SQLite says about a statement.
pub(crate) struct Prepared {
    pub(crate) columns: Vec<PreparedColumn>,
    pub(crate) writes: bool,
}

/// A column of a prepared statement.
pub(crate) struct PreparedColumn {
    pub(crate) name: String,
    /// The type, if the value comes unchanged from a column that declares one.
    pub(crate) marker: Option<Marker>,
    pub(crate) nullable: bool,
}

/// Prepares a statement, or says why SQLite would not.
pub(crate) fn prepare(project: &Project, text: &str) -> Result<Prepared, String> {
    static DATABASES: Mutex<Option<HashMap<u64, Connection>>> = Mutex::new(None);
    let mut databases = DATABASES.lock().unwrap_or_else(PoisonError::into_inner);
    let databases = databases.get_or_insert_with(HashMap::new);
    if !databases.contains_key(&project.hash) {
        databases.insert(project.hash, load(project)?);
    }
    let database = databases.get(&project.hash).ok_or("no database")?;
    let statement = database.prepare(text).map_err(|error| reason(&error))?;
    let outer =
        text.split_whitespace().any(|word| ["left", "right", "full", "outer"].contains(&word.to_lowercase().as_str()));
    let columns = statement.columns();
    let columns = columns.zip(statement.columns_with_metadata()).map(|(column, origin)| {
        let metadata = origin.table_name().zip(origin.origin_name());
        let required = metadata.is_some_and(|(table, name)| !outer && is_required(database, table, name));
        PreparedColumn {
            name: column.name().to_owned(),
            marker: column.decl_type().and_then(marker),
            nullable: !required,
        }
    });
    Ok(Prepared { columns: columns.collect(), writes: !statement.readonly() })
}

fn load(project: &Project) -> Result<Connection, String> {
    let open = || {
        let database = Connection::open_in_memory()?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        database.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        rusqlite::vtab::array::load_module(&database)?;
        Ok(database)
    };
    let database = open().map_err(|error: rusqlite::Error| reason(&error))?;
    for migration in &project.migrations {
        database.execute_batch(&migration.text).map_err(|error| format!("{}: {}", migration.name, reason(&error)))?;
    }
    Ok(database)
}

fn reason(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

/// NOT NULL, or the key that is the row's number.
fn is_required(database: &Connection, table: &str, column: &str) -> bool {
    let text = "SELECT \"notnull\" OR (pk = 1 AND upper(type) = 'INTEGER' \
                AND (SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0) = 1) FROM pragma_table_info(?1) WHERE name = ?2";
    database.query_row(text, (table, column), |row| row.get(0)).unwrap_or(false)
}

/// SQLite, "Determination Of Column Affinity" 3.1, with the names that people use for truth values and moments on top.
fn marker(declared: &str) -> Option<Marker> {
    let declared = declared.to_uppercase();
    let has = |part: &str| declared.contains(part);
    Some(match declared.as_str() {
        "BOOLEAN" | "BOOL" => Marker::Boolean,
        _ if has("INT") => Marker::BigInt,
        _ if has("CHAR") || has("CLOB") || has("TEXT") => Marker::Text,
        _ if has("BLOB") => Marker::Blob,
        _ if has("REAL") || has("FLOA") || has("DOUB") => Marker::Real,
        _ => return None,
    })
}
