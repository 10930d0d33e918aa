//! What a database holds: tables, views, types and functions, as a series of migrations leaves them. What reads
//! the migrations is `migration/`, above; here is what statements are judged by.

pub(crate) mod declared;

use std::collections::{BTreeMap, BTreeSet};

use sqlparser::ast::{ObjectName, ObjectNamePart};

use crate::dialect::Dialect;
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

    pub(crate) fn stamp(&mut self, text: &[u8]) {
        // The 0xff between two texts is in no UTF-8, so that text cannot move from one migration to the next unseen.
        for byte in text.iter().copied().chain([0xff]) {
            self.fingerprint = (self.fingerprint ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The key of a table's name; names of the default schema have an empty one in front.
    pub(crate) fn key(&self, name: &ObjectName) -> TableKey {
        let mut parts = name.0.iter().rev().filter_map(ObjectNamePart::as_ident);
        let own = parts.next().map(|ident| self.dialect.table_name(ident)).unwrap_or_default();
        let namespace = parts.next().map(|ident| self.dialect.table_name(ident)).unwrap_or_default();
        let is_default = match self.dialect {
            Dialect::Sqlite => matches!(namespace.as_str(), "main" | "temp"),
            Dialect::Postgres => matches!(namespace.as_str(), "public" | "pg_temp"),
            Dialect::Mysql => false,
        };
        (if is_default { String::new() } else { namespace }, own)
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
