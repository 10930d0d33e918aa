//! Migrations → a [`Schema`]. In go the texts in order, out comes what they leave behind, or the first that the database
//! would refuse. It stands above the resolver, which knows what columns a view has.

mod alter;
mod create;
mod script;
mod table;

use crate::dialect::Dialect;
use crate::problem::SchemaError;
use crate::schema::Schema;
use crate::stack::on_large_stack;

impl Schema {
    /// Reads migrations, given as name and text, in the order in which they run.
    ///
    /// `CREATE`, `ALTER`, `DROP` and `RENAME` of tables, views, types and schemas are followed. Statements that change no
    /// table (`INSERT`, `PRAGMA`, `COMMENT`, `GRANT`, indexes, triggers, …) are passed over. What cannot be read but may have
    /// changed something makes the table, or the whole schema, uncertain: a name that is missing is then not refused, the
    /// checker says that it cannot judge.
    ///
    /// ```
    /// use secure_forms_sql::{Dialect, Schema, Type};
    ///
    /// let schema = Schema::parse(Dialect::Sqlite, &[
    ///     ("1_users.sql", "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"),
    ///     ("2_age.sql", "ALTER TABLE users ADD COLUMN age INTEGER;"),
    /// ])?;
    /// let users = schema.tables().next().expect("one table");
    /// assert_eq!(users.columns[2].name, "age");
    /// assert_eq!((&users.columns[2].ty, users.columns[2].nullable), (&Type::I64, true));
    /// # Ok::<(), secure_forms_sql::SchemaError>(())
    /// ```
    ///
    /// # Errors
    /// A migration that the database would refuse: text that is not SQL, a table that is made twice or altered without
    /// existing, a column that is named twice.
    pub fn parse(dialect: Dialect, migrations: &[(&str, &str)]) -> Result<Self, SchemaError> {
        let schema = on_large_stack(|| {
            let mut schema = Self::empty(dialect);
            for (file, text) in migrations {
                schema.run(text).map_err(|problem| SchemaError {
                    file: (*file).to_owned(),
                    message: problem.message,
                    span: problem.span,
                })?;
                schema.stamp(text.as_bytes());
            }
            Ok(schema)
        });
        schema.unwrap_or_else(|| {
            let file = migrations.first().map(|(file, _)| (*file).to_owned()).unwrap_or_default();
            Err(SchemaError { file, message: "the system gave no thread to read it on".to_owned(), span: 0..0 })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(dialect: Dialect, text: &str) -> Result<Schema, SchemaError> {
        Schema::parse(dialect, &[("test.sql", text)])
    }

    fn columns(schema: &Schema, table: &str) -> Vec<(String, String, bool)> {
        let table = schema.tables().find(|own| own.name == table).expect("the table is there");
        table.columns.iter().map(|column| (column.name.clone(), column.ty.to_string(), column.nullable)).collect()
    }

    #[test]
    fn an_integer_primary_key_is_never_null_and_another_one_can_be_in_sqlite() {
        let schema =
            schema(Dialect::Sqlite, "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id TEXT PRIMARY KEY)");
        let schema = schema.unwrap();
        assert_eq!(columns(&schema, "a"), [("id".to_owned(), "i64".to_owned(), false)]);
        assert_eq!(columns(&schema, "b"), [("id".to_owned(), "text".to_owned(), true)]);
    }

    #[test]
    fn a_primary_key_without_rowid_is_never_null_in_sqlite() {
        let schema = schema(Dialect::Sqlite, "CREATE TABLE a (id TEXT PRIMARY KEY, n INT) WITHOUT ROWID").unwrap();
        assert_eq!(columns(&schema, "a")[0], ("id".to_owned(), "text".to_owned(), false));
    }

    #[test]
    fn triggers_keep_their_semicolons_to_themselves() {
        let text = "CREATE TABLE t (a INT);
            CREATE TRIGGER u AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN a > 1 THEN 1 ELSE 0 END; SELECT 1; END;
            CREATE TABLE v (b INT);";
        assert_eq!(schema(Dialect::Sqlite, text).unwrap().tables().count(), 2);
    }

    #[test]
    fn columns_are_added_renamed_and_dropped() {
        let text = "CREATE TABLE t (a INT, b TEXT); ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT ''; \
                    ALTER TABLE t RENAME COLUMN a TO x; ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME TO u";
        let schema = schema(Dialect::Sqlite, text).unwrap();
        assert_eq!(
            columns(&schema, "u"),
            [("x".to_owned(), "i64".to_owned(), true), ("c".to_owned(), "text".to_owned(), false)]
        );
    }

    #[test]
    fn a_table_that_is_made_twice_is_an_error_at_its_name() {
        let error = schema(Dialect::Sqlite, "CREATE TABLE t (a); CREATE TABLE t (b)").unwrap_err();
        assert_eq!((error.message.as_str(), error.span), ("table `t` already exists", 33..34));
    }

    #[test]
    fn a_view_has_the_columns_of_its_query() {
        let text = "CREATE TABLE t (a INTEGER NOT NULL, b TEXT); CREATE VIEW v AS SELECT a AS n, b FROM t";
        assert_eq!(
            columns(&schema(Dialect::Sqlite, text).unwrap(), "v"),
            [("n".to_owned(), "i64".to_owned(), false), ("b".to_owned(), "text".to_owned(), true)]
        );
    }

    #[test]
    fn postgres_types_are_followed_through_renames() {
        let text = "CREATE TYPE event AS ENUM ('a'); CREATE TABLE t (e event NOT NULL, n SERIAL); ALTER TYPE event RENAME TO mood";
        let schema = schema(Dialect::Postgres, text).unwrap();
        assert_eq!(columns(&schema, "t")[0], ("e".to_owned(), "enum:mood".to_owned(), false));
        assert_eq!(columns(&schema, "t")[1], ("n".to_owned(), "i32".to_owned(), false));
    }

    #[test]
    fn what_cannot_be_read_makes_a_table_uncertain_instead_of_refusing_the_migration() {
        let schema = schema(Dialect::Postgres, "CREATE TABLE t (a INT) SOMETHING NEW (1)").unwrap();
        assert!(schema.tables().next().unwrap().uncertain);
    }
}
