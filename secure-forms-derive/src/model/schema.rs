//! What a crate says about its database: the dialect, and the migrations with their text.

use std::path::PathBuf;

use secure_forms_sql::Dialect;

/// The environment variable that names the manifest when it is not the one of the crate that is compiled: compile-fail tests run in a crate of
/// their own.
pub(crate) const OVERRIDE: &str = "SECURE_FORMS_MANIFEST";

/// The database of one crate.
#[derive(Debug)]
pub(crate) struct Project {
    /// The manifest that says all this.
    pub(crate) manifest: PathBuf,
    /// The language of the migrations and of every statement.
    pub(crate) dialect: Dialect,
    /// The migrations, in order.
    pub(crate) migrations: Vec<Migration>,
    /// The first eight bytes of a hash over the migrations.
    pub(crate) hash: u64,
}

/// One migration file.
#[derive(Clone, Debug)]
pub(crate) struct Migration {
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}
