//! What SQLite says → [`Error`]. Names of the schema go in, never a value.

use rusqlite::ffi;

use crate::query::error::{Error, ErrorKind};

/// Whether SQLite says that it was interrupted.
pub(super) fn is_interrupted(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Driver { code, .. } if *code == ffi::SQLITE_INTERRUPT)
}

impl Error {
    /// Whether the same may work a moment later: another writer has the database, the disc is full or fails, or the file cannot be
    /// written at the moment.
    pub fn is_temporary(&self) -> bool {
        let is_of_the_disc =
            |code: i32| matches!(code & 0xff, ffi::SQLITE_READONLY | ffi::SQLITE_IOERR | ffi::SQLITE_FULL);
        self.is_busy() || matches!(self.kind(), ErrorKind::Driver { code, .. } if is_of_the_disc(*code))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let (failure, message) = match error {
            rusqlite::Error::SqliteFailure(failure, message) => (failure, message),
            rusqlite::Error::SqlInputError { error, .. } => (error, None),
            // The other variants are about how this crate calls the driver; their texts may quote a statement.
            _ => {
                let meaning = "unexpected use of the driver".into();
                return Self::new(ErrorKind::Driver { code: ffi::SQLITE_MISUSE, meaning });
            }
        };
        // "UNIQUE constraint failed: users.username, users.org": names of the schema, never values.
        let names = || message.as_deref().and_then(|text| text.split_once("failed: ")).map_or("", |(_, names)| names);
        Self::new(match failure.extended_code {
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
                let index = names().strip_prefix("index '").and_then(|name| name.strip_suffix('\''));
                let names = index
                    .map_or_else(|| names().split(", ").map(str::to_owned).collect(), |name| vec![name.to_owned()]);
                ErrorKind::UniqueViolation(names)
            }
            ffi::SQLITE_CONSTRAINT_NOTNULL => ErrorKind::NotNullViolation(names().to_owned()),
            ffi::SQLITE_CONSTRAINT_CHECK => ErrorKind::CheckViolation(names().to_owned()),
            ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::ForeignKeyViolation,
            code if code & 0xff == ffi::SQLITE_AUTH => ErrorKind::NotAllowed,
            code if matches!(code & 0xff, ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) => ErrorKind::Busy,
            code => ErrorKind::Driver { code, meaning: ffi::code_to_str(code).to_owned() },
        })
    }
}
