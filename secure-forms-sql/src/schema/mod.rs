//! What a database holds: tables, views, types and functions, as a series of migrations leaves them. In go the migration
//! texts in order, out comes one [`Schema`] to judge statements by.

mod alter;
mod create;
pub(crate) mod declared;
mod script;

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::Dialect;
use crate::problem::SchemaError;
use crate::stack::on_large_stack;
use crate::types::{Ty, Type};

/// The tables, views, types and functions that a series of migrations leaves behind.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) dialect: Dialect,
    pub(crate) tables: BTreeMap<TableKey, Table>,
    pub(crate) types: BTreeMap<String, UserType>,
    pub(crate) functions: BTreeMap<String, Vec<UserFunction>>,
    pub(crate) namespaces: BTreeSet<String>,
    /// Something ran whose effect is not known (an extension, a `DO` block): a name that is missing may exist.
    pub(crate) uncertain: bool,
    fingerprint: u64,
}

/// A schema's name (empty for the default one) and a table's, both folded.
pub(crate) type TableKey = (String, String);

/// A table or a view.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Table {
    /// The name as it was declared.
    pub name: String,
    /// The schema that it is in, if that is not the default one.
    pub namespace: Option<String>,
    /// Table, view or virtual table.
    pub kind: TableKind,
    /// The columns in their order.
    pub columns: Vec<TableColumn>,
    /// The sets of columns of which the database holds every combination once, the primary key first; folded names.
    pub(crate) uniques: Vec<BTreeSet<String>>,
    pub(crate) constraints: BTreeSet<String>,
    pub(crate) has_rowid: bool,
    /// The column that is the rowid, folded.
    pub(crate) rowid: Option<String>,
    /// The migrations did something to it that the checker could not read: there may be more columns, or other ones.
    pub(crate) uncertain: bool,
}

/// What kind of table a [`Table`] is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum TableKind {
    /// A base table.
    Table,
    /// A view, materialised or not.
    View,
    /// A SQLite virtual table.
    Virtual,
}

/// A column of a [`Table`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableColumn {
    /// The name as it was declared.
    pub name: String,
    /// The type of its values.
    pub ty: Type,
    /// Whether NULL can be in it.
    pub nullable: bool,
    /// Whether an `INSERT` may leave it out although it is NOT NULL: a default, a serial or identity, a rowid.
    pub has_default: bool,
    /// Whether the database computes it, so that it cannot be written.
    pub generated: bool,
    pub(crate) key: String,
    pub(crate) sql: Ty,
}

#[derive(Clone, Debug)]
pub(crate) enum UserType {
    Enum(Vec<String>),
    Composite,
    Domain(Ty),
    Other,
}

/// A function of the schema; `None` where its signature could not be read.
#[derive(Clone, Debug)]
pub(crate) struct UserFunction {
    pub(crate) signature: Option<Signature>,
}

#[derive(Clone, Debug)]
pub(crate) struct Signature {
    pub(crate) arguments: Vec<(Option<String>, Ty)>,
    pub(crate) defaults: usize,
    pub(crate) result: Ty,
}

impl Schema {
    /// A database without tables.
    pub fn empty(dialect: Dialect) -> Self {
        Self {
            dialect,
            tables: BTreeMap::new(),
            types: BTreeMap::new(),
            functions: BTreeMap::new(),
            namespaces: BTreeSet::new(),
            uncertain: false,
            fingerprint: 0xcbf2_9ce4_8422_2325,
        }
    }

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

    /// The dialect that it was read in.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The tables and views, in the order of their names.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values()
    }

    /// A number that changes when any migration's text changes (FNV-1a, 64 bits). Not a cryptographic hash.
    ///
    /// ```
    /// use secure_forms_sql::{Dialect, Schema};
    ///
    /// let one = Schema::parse(Dialect::Sqlite, &[("1.sql", "CREATE TABLE t (a)")])?;
    /// let two = Schema::parse(Dialect::Sqlite, &[("1.sql", "CREATE TABLE t (b)")])?;
    /// assert_ne!(one.fingerprint(), two.fingerprint());
    /// # Ok::<(), secure_forms_sql::SchemaError>(())
    /// ```
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    fn stamp(&mut self, text: &[u8]) {
        // The 0xff between two texts is in no UTF-8, so that text cannot move from one migration to the next unseen.
        for byte in text.iter().copied().chain([0xff]) {
            self.fingerprint = (self.fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    pub(crate) fn is_enum(&self, name: &str) -> bool {
        matches!(self.types.get(name), Some(UserType::Enum(_)))
    }

    pub(crate) fn public_type(&self, ty: &Ty) -> Type {
        self.base_type(ty).public(&|name| self.is_enum(name))
    }

    /// The type below a domain, and everything else as it is.
    pub(crate) fn base_type(&self, ty: &Ty) -> Ty {
        let mut ty = ty.clone();
        // A domain can be over a domain; migrations cannot make a circle, but a bound is cheaper than a proof.
        for _ in 0..16 {
            match &ty {
                Ty::Named(name) => match self.types.get(name.as_ref()) {
                    Some(UserType::Domain(base)) => ty = base.clone(),
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        Ty::Any
    }

    pub(crate) fn refresh_public_types(&mut self) {
        let types = std::mem::take(&mut self.types);
        let known = Self { types, ..Self::empty(self.dialect) };
        for column in self.tables.values_mut().flat_map(|table| &mut table.columns) {
            column.ty = known.public_type(&column.sql);
        }
        self.types = known.types;
    }
}

impl Table {
    pub(crate) fn new(name: String, namespace: Option<String>, kind: TableKind) -> Self {
        Self {
            name,
            namespace,
            kind,
            columns: Vec::new(),
            uniques: Vec::new(),
            constraints: BTreeSet::new(),
            has_rowid: kind != TableKind::View,
            rowid: None,
            uncertain: false,
        }
    }

    /// The name with its schema in front where it has one.
    pub fn full_name(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}.{}", self.name),
            None => self.name.clone(),
        }
    }

    pub(crate) fn column(&self, key: &str) -> Option<&TableColumn> {
        self.columns.iter().find(|column| column.key == key)
    }

    pub(crate) fn column_mut(&mut self, key: &str) -> Option<&mut TableColumn> {
        self.columns.iter_mut().find(|column| column.key == key)
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
