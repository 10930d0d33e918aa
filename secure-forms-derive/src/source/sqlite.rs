//! The second judge: SQLite itself prepares every statement, on a database in memory that got the migrations. One per process and schema.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use secure_forms_core::sqlite::harden;
use secure_forms_sql::Dialect;

use crate::model::schema::Project;

/// What SQLite says about a statement.
pub(crate) struct Prepared {
    /// The names of the columns.
    pub(crate) columns: Vec<String>,
    /// How many placeholders it has.
    pub(crate) placeholders: usize,
    pub(crate) writes: bool,
}

/// Prepares a statement, or says why SQLite would not.
pub(crate) fn prepare(project: &Project, text: &str) -> Result<Prepared, String> {
    static DATABASES: Mutex<Option<HashMap<(Dialect, u64), Connection>>> = Mutex::new(None);
    let mut databases = DATABASES.lock().unwrap_or_else(PoisonError::into_inner);
    let databases = databases.get_or_insert_with(HashMap::new);
    let database = match databases.entry((project.dialect, project.hash)) {
        Entry::Occupied(loaded) => loaded.into_mut(),
        Entry::Vacant(place) => place.insert(load(project)?),
    };
    let statement = database.prepare(text).map_err(|error| reason(&error))?;
    Ok(Prepared {
        columns: statement.column_names().map(str::to_owned).collect(),
        placeholders: statement.parameter_count(),
        writes: !statement.readonly(),
    })
}

/// Set up as the runtime's connections are, so that both judge alike.
fn load(project: &Project) -> Result<Connection, String> {
    let open = || {
        let mut database = Connection::open_in_memory()?;
        let own = harden(&mut database)?;
        Ok((database, own))
    };
    let (database, own) = open().map_err(|error: rusqlite::Error| reason(&error))?;
    for migration in &project.migrations {
        let loaded = own.during(|| database.execute_batch(&migration.text));
        loaded.map_err(|error| format!("the migration `{}` fails: {}", migration.name, reason(&error)))?;
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
