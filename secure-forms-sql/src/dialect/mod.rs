//! The three dialects: how each spells placeholders and folds names. In goes the text of a name, out comes the form in
//! which two spellings are the same name (PostgreSQL 4.1.1, SQLite "Database object names", MariaDB "Identifier Case-sensitivity").

mod expr;
mod query;
mod write;

use std::fmt;

use sqlparser::ast::Ident;
use sqlparser::dialect::{Dialect as Grammar, MySqlDialect, PostgreSqlDialect, SQLiteDialect};

pub(crate) use query::{CallArguments, JoinCondition};

/// A database whose rules a statement is judged by.
///
/// `Mysql` stands for MySQL and MariaDB; where they differ, MariaDB's rule is applied.
///
/// ```
/// use secure_forms_sql::Dialect;
///
/// assert_eq!(Dialect::named("postgres"), Some(Dialect::Postgres));
/// assert_eq!(Dialect::Sqlite.to_string(), "sqlite");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Dialect {
    /// SQLite 3.
    Sqlite,
    /// PostgreSQL.
    Postgres,
    /// MySQL and MariaDB.
    Mysql,
}

impl Dialect {
    /// The dialect of this name (`sqlite`, `postgres`, `mysql`), as configuration spells it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "sqlite" => Some(Self::Sqlite),
            "postgres" => Some(Self::Postgres),
            "mysql" => Some(Self::Mysql),
            _ => None,
        }
    }

    pub(crate) fn grammar(self) -> &'static dyn Grammar {
        match self {
            Self::Sqlite => &SQLiteDialect {},
            Self::Postgres => &PostgreSqlDialect {},
            Self::Mysql => &MySqlDialect {},
        }
    }

    /// The form in which a table, schema or type is remembered and looked up.
    pub(crate) fn table_name(self, ident: &Ident) -> String {
        match self {
            Self::Sqlite => ident.value.to_ascii_lowercase(),
            Self::Postgres => fold_unquoted(ident),
            // On Linux, MariaDB's default (lower_case_table_names = 0) tells `Users` from `users`.
            Self::Mysql => ident.value.clone(),
        }
    }

    /// The form in which a column, function or window is remembered and looked up.
    pub(crate) fn column_name(self, ident: &Ident) -> String {
        match self {
            Self::Sqlite => ident.value.to_ascii_lowercase(),
            Self::Postgres => fold_unquoted(ident),
            Self::Mysql => ident.value.to_lowercase(),
        }
    }

    /// The form in which the schema of a qualified column is looked up; empty for the default one.
    pub(crate) fn namespace_key(self, ident: &Ident) -> String {
        let name = self.table_name(ident);
        match (self, name.as_str()) {
            (Self::Postgres, "public") | (Self::Sqlite, "main" | "temp") => String::new(),
            (Self::Sqlite | Self::Postgres | Self::Mysql, _) => name,
        }
    }

    /// The form in which a column of a result is looked up.
    pub(crate) fn result_key(self, name: &str) -> String {
        match self {
            Self::Postgres => name.to_owned(),
            Self::Sqlite | Self::Mysql => name.to_lowercase(),
        }
    }

    /// Whether the database may have this table without any migration.
    pub(crate) fn is_built_in_table(self, namespace: &str, name: &str) -> bool {
        match self {
            Self::Postgres => {
                matches!(namespace, "pg_catalog" | "information_schema" | "pg_temp" | "pg_toast")
                    || name.starts_with("pg_")
            }
            Self::Sqlite => {
                name.starts_with("sqlite_") || name.starts_with("pragma_") || name == "dbstat" || !namespace.is_empty()
            }
            Self::Mysql => {
                let namespace = namespace.to_ascii_lowercase();
                matches!(namespace.as_str(), "information_schema" | "mysql" | "performance_schema" | "sys")
                    || name.eq_ignore_ascii_case("dual")
            }
        }
    }

    /// The name that a result column gets from this identifier.
    pub(crate) fn shown_name(self, ident: &Ident) -> String {
        match self {
            Self::Postgres => fold_unquoted(ident),
            Self::Sqlite | Self::Mysql => ident.value.clone(),
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        })
    }
}

fn fold_unquoted(ident: &Ident) -> String {
    if ident.quote_style.is_some() { ident.value.clone() } else { ident.value.to_ascii_lowercase() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postgres_folds_only_what_is_not_quoted() {
        assert_eq!(Dialect::Postgres.table_name(&Ident::new("Users")), "users");
        assert_eq!(Dialect::Postgres.table_name(&Ident::with_quote('"', "Users")), "Users");
    }

    #[test]
    fn sqlite_never_tells_case_apart_and_mysql_does_for_tables() {
        assert_eq!(Dialect::Sqlite.table_name(&Ident::with_quote('"', "Users")), "users");
        assert_eq!(Dialect::Mysql.table_name(&Ident::new("Users")), "Users");
        assert_eq!(Dialect::Mysql.column_name(&Ident::new("Name")), "name");
    }
}
