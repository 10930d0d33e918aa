//! What a place can see of one table: its columns, and the columns that a query gives.

use std::ops::Range;

use crate::dialect::Dialect;
use crate::schema::{Table, TableKind};
use crate::types::{INT8, Ty};
use crate::typing::rows::Rows;
use crate::typing::value::Typed;

#[derive(Clone)]
pub(crate) struct Relation {
    /// The alias, or the table's own name; folded. Empty for one that has no name.
    pub(crate) name: String,
    pub(crate) namespace: Option<String>,
    pub(crate) columns: Vec<ScopeColumn>,
    /// The columns are not known: a name that is missing elsewhere may be one of them.
    pub(crate) opaque: bool,
    /// SQLite's hidden columns; the place of the one that is declared for it.
    pub(crate) rowid: Option<Option<usize>>,
    /// An outer join may leave the row out.
    pub(crate) rowid_nullable: bool,
    /// SQLite's full-text tables have a column of their own name, and `rank`.
    pub(crate) full_text: bool,
    /// A base table of PostgreSQL has `ctid`, `xmin`, ….
    pub(crate) system_columns: bool,
    /// The function that a FROM clause calls gives one column, which the alias names too.
    pub(crate) scalar: bool,
    /// Only its qualified names are seen (`excluded`, and the target of PostgreSQL's `ON CONFLICT` is seen before it).
    pub(crate) qualified_only: bool,
    /// The columns of its primary key, by place.
    pub(crate) primary: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct ScopeColumn {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) from: Option<(String, String)>,
    /// Merged away by USING or NATURAL: seen with its table's name only, and not by `*`.
    pub(crate) merged: bool,
}

impl ScopeColumn {
    /// A column that comes from no table.
    pub(crate) fn new(name: String, ty: Ty, nullable: bool) -> Self {
        Self { key: name.clone(), name, ty, nullable, from: None, merged: false }
    }

    pub(crate) fn typed(&self) -> Typed {
        Typed { from: self.from.clone(), column: Some(self.name.clone()), ..Typed::new(self.ty.clone(), self.nullable) }
    }
}

impl Relation {
    pub(crate) fn of_columns(name: String, columns: Vec<ScopeColumn>) -> Self {
        Self {
            name,
            namespace: None,
            columns,
            opaque: false,
            rowid: None,
            rowid_nullable: false,
            full_text: false,
            system_columns: false,
            scalar: false,
            qualified_only: false,
            primary: Vec::new(),
        }
    }

    pub(crate) fn opaque(name: String) -> Self {
        Self { opaque: true, ..Self::of_columns(name, Vec::new()) }
    }

    pub(crate) fn of_rows(rows: Rows, name: String) -> Self {
        let columns = rows.columns.into_iter().map(|own| ScopeColumn::new(own.name, own.ty, own.nullable)).collect();
        let rowid = rows.has_rowid.then_some(None);
        Self { scalar: rows.scalar, rowid, ..Self::of_columns(name, columns) }
    }

    pub(crate) fn of_table(table: &Table, name: String, dialect: Dialect) -> Self {
        let columns: Vec<ScopeColumn> = table
            .columns
            .iter()
            .map(|column| ScopeColumn {
                key: column.key.clone(),
                name: column.name.clone(),
                ty: column.sql.clone(),
                nullable: column.nullable,
                from: Some((table.full_name(), column.name.clone())),
                merged: false,
            })
            .collect();
        let primary = table.uniques.first().map(|keys| {
            columns.iter().enumerate().filter(|(_, column)| keys.contains(&column.key)).map(|(at, _)| at).collect()
        });
        Self {
            namespace: Some(table.namespace.clone().unwrap_or_default()),
            opaque: table.uncertain,
            rowid: (dialect.query().rowid && table.has_rowid)
                .then(|| table.columns.iter().position(|column| Some(&column.key) == table.rowid.as_ref())),
            full_text: table.kind == TableKind::Virtual,
            system_columns: dialect.query().system_columns && table.kind == TableKind::Table,
            primary: primary.unwrap_or_default(),
            ..Self::of_columns(name, columns)
        }
    }

    pub(crate) fn make_nullable(&mut self) {
        self.columns.iter_mut().for_each(|column| column.nullable = true);
        self.rowid_nullable = true;
    }

    /// The columns that every table has without declaring them.
    pub(crate) fn hidden(&self, key: &str) -> Option<Typed> {
        if let (Some(own), "rowid" | "_rowid_" | "oid") = (self.rowid, key) {
            let declared = own.and_then(|place| self.columns.get(place));
            return Some(declared.map_or_else(
                || Typed { column: Some("rowid".to_owned()), ..Typed::new(INT8, self.rowid_nullable) },
                ScopeColumn::typed,
            ));
        }
        if self.full_text && (key == self.name || key == "rank") {
            return Some(Typed::any());
        }
        let ty = match key {
            "ctid" => "tid",
            "xmin" | "xmax" => "xid",
            "cmin" | "cmax" => "cid",
            "tableoid" => "oid",
            _ => return None,
        };
        self.system_columns.then(|| Typed::new(Ty::fixed(ty), true))
    }
}

/// A column of a query's result.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) typed: Typed,
    pub(crate) span: Range<usize>,
}

impl Output {
    pub(crate) fn of(column: &ScopeColumn, span: Range<usize>) -> Self {
        Self { name: column.name.clone(), typed: column.typed(), span }
    }
}
