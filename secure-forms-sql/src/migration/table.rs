//! `CREATE TABLE` and `CREATE INDEX`: the columns, keys and constraints of a new table.

use std::collections::BTreeSet;

use sqlparser::ast::{
    ColumnDef, ColumnOption, CreateIndex, CreateTable, CreateTableLikeKind, DataType, Expr, GeneratedAs, IndexColumn,
    ObjectName, ObjectNamePart, SqliteTableOption, TableConstraint,
};
use sqlparser::tokenizer::TokenWithSpan;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::schema::declared;
use crate::schema::{Schema, Table, TableColumn, TableKey, TableKind};
use crate::span::Source;
use crate::token::keyword;
use crate::types::{self, Ty};
use crate::verdict::Column;

impl Schema {
    pub(super) fn create_table(
        &mut self,
        source: &Source<'_>,
        tokens: &[TokenWithSpan],
        create: &CreateTable,
    ) -> Result<(), Problem> {
        let key = self.key(&create.name);
        if self.tables.contains_key(&key) {
            if create.if_not_exists {
                return Ok(());
            }
            if !create.or_replace {
                return Err(Problem::new(source.name(&create.name), format!("table `{}` already exists", key.1)));
            }
        }
        let mut table = Table::new(declared_name(&create.name), namespace(&key), TableKind::Table);
        self.inherit(create, &mut table);
        for definition in &create.columns {
            let column = self.column(definition, &mut table);
            match table.column_mut(&column.key) {
                // PostgreSQL merges a column with the inherited one of the same name.
                Some(own) if create.inherits.is_some() => *own = column,
                Some(_) => return Err(duplicate_column(source, &definition.name, &column.name)),
                None => table.columns.push(column),
            }
        }
        for constraint in &create.constraints {
            self.constrain(constraint, &mut table);
        }
        if let Some(query) = &create.query {
            let columns = crate::resolve::statement::columns_of(self, source, tokens, query);
            self.take_columns(columns, &mut table);
        }
        if self.dialect == Dialect::Sqlite {
            finish_sqlite(create, &mut table);
        }
        self.tables.insert(key, table);
        Ok(())
    }

    /// `LIKE`, `INHERITS` and `PARTITION OF` bring columns along.
    fn inherit(&self, create: &CreateTable, table: &mut Table) {
        let like = create.like.as_ref().map(|like| match like {
            CreateTableLikeKind::Parenthesized(like) | CreateTableLikeKind::Plain(like) => &like.name,
        });
        for parent in create.inherits.iter().flatten().chain(create.partition_of.as_ref()).chain(like) {
            match self.tables.get(&self.key(parent)) {
                Some(parent) => {
                    for column in &parent.columns {
                        if table.column(&column.key).is_none() {
                            table.columns.push(column.clone());
                        }
                    }
                    table.uncertain |= parent.uncertain;
                }
                None => table.uncertain = true,
            }
        }
    }

    pub(super) fn column(&self, definition: &ColumnDef, table: &mut Table) -> TableColumn {
        let declared = declared::read(self.dialect, &definition.data_type);
        let sql = self.known_type(declared.ty);
        let mut column = TableColumn {
            name: definition.name.value.clone(),
            ty: self.public_type(&sql),
            nullable: !declared.serial,
            has_default: declared.serial,
            generated: false,
            key: self.dialect.column_name(&definition.name),
            sql,
        };
        if self.dialect == Dialect::Postgres {
            column.name.clone_from(&column.key);
        }
        let integer = is_rowid_type(&definition.data_type);
        for option in &definition.options {
            if let Some(name) = &option.name {
                table.constraints.insert(self.dialect.table_name(name));
            }
            self.column_option(&option.option, &mut column, integer, table);
        }
        column
    }

    pub(super) fn column_option(
        &self,
        option: &ColumnOption,
        column: &mut TableColumn,
        integer: bool,
        table: &mut Table,
    ) {
        match option {
            ColumnOption::NotNull => column.nullable = false,
            ColumnOption::Null if !column.has_default => column.nullable = true,
            // An explicit NULL default does not fill a NOT NULL column.
            ColumnOption::Default(value) => column.has_default = !is_null(value),
            ColumnOption::PrimaryKey(_) => {
                column.nullable &= self.dialect == Dialect::Sqlite && !integer;
                column.has_default |= self.dialect == Dialect::Sqlite && integer;
                table.uniques.insert(0, BTreeSet::from([column.key.clone()]));
                table.constraints.insert(format!("{}_pkey", table.name));
            }
            ColumnOption::Unique(_) => {
                table.constraints.insert(format!("{}_{}_key", table.name, column.key));
                table.uniques.push(BTreeSet::from([column.key.clone()]));
            }
            ColumnOption::Generated { generated_as, generation_expr, .. } => {
                // An identity column is `Generated` without an expression: it may be left out, and is never NULL.
                let computed = generation_expr.is_some();
                column.generated = computed || matches!(generated_as, GeneratedAs::Always | GeneratedAs::ExpStored);
                column.has_default = true;
                column.nullable &= computed;
            }
            ColumnOption::Identity(_) => column.has_default = true,
            ColumnOption::DialectSpecific(words) => {
                let auto = words.iter().any(|word| word.to_string().eq_ignore_ascii_case("AUTO_INCREMENT"));
                column.has_default |= auto;
                column.nullable &= !auto;
            }
            _ => {}
        }
    }

    pub(super) fn constrain(&self, constraint: &TableConstraint, table: &mut Table) {
        let (name, columns, primary) = match constraint {
            TableConstraint::PrimaryKey(key) => (&key.name, &key.columns, true),
            TableConstraint::Unique(key) => (&key.name, &key.columns, false),
            TableConstraint::ForeignKey(key) => {
                table.constraints.extend(key.name.iter().map(|name| self.dialect.table_name(name)));
                return;
            }
            TableConstraint::Check(check) => {
                table.constraints.extend(check.name.iter().map(|name| self.dialect.table_name(name)));
                return;
            }
            _ => return,
        };
        let Some(keys) = self.index_columns(columns) else { return };
        let single = keys.len() == 1;
        if primary {
            for column in table.columns.iter_mut().filter(|column| keys.contains(&column.key)) {
                // Only here does SQLite's exact word count: `INT PRIMARY KEY` is no rowid.
                let rowid =
                    self.dialect == Dialect::Sqlite && single && column.sql == Ty::fixed("int8") && column.is_integer();
                column.nullable &= self.dialect == Dialect::Sqlite && !rowid;
                column.has_default |= rowid;
            }
        }
        let joined = keys.iter().cloned().collect::<Vec<_>>().join("_");
        let implied = if primary { format!("{}_pkey", table.name) } else { format!("{}_{joined}_key", table.name) };
        table.constraints.insert(name.as_ref().map_or(implied, |name| self.dialect.table_name(name)));
        if primary { table.uniques.insert(0, keys) } else { table.uniques.push(keys) }
    }

    fn index_columns(&self, columns: &[IndexColumn]) -> Option<BTreeSet<String>> {
        columns
            .iter()
            .map(|index| match &index.column.expr {
                Expr::Identifier(ident) => Some(self.dialect.column_name(ident)),
                Expr::Collate { expr, .. } => match expr.as_ref() {
                    Expr::Identifier(ident) => Some(self.dialect.column_name(ident)),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    }

    pub(super) fn create_index(&mut self, index: &CreateIndex) {
        // A partial index is found only by a conflict target with its condition.
        let whole = index.unique && index.predicate.is_none();
        let keys = whole.then(|| self.index_columns(&index.columns)).flatten();
        let key = self.key(&index.table_name);
        if let (Some(keys), Some(table)) = (keys, self.tables.get_mut(&key)) {
            table.uniques.push(keys);
        }
    }

    pub(super) fn take_columns(&self, columns: Option<Vec<(Column, Ty)>>, table: &mut Table) {
        let Some(columns) = columns else {
            table.uncertain = true;
            return;
        };
        // A NOT NULL of the query is not one of the table that `CREATE TABLE … AS` makes.
        let keeps_not_null = table.kind == TableKind::View;
        table.columns.extend(columns.into_iter().map(|(column, sql)| TableColumn {
            key: if self.dialect == Dialect::Postgres { column.name.clone() } else { column.name.to_lowercase() },
            name: column.name,
            // A literal that PostgreSQL could not give a type is text in a view.
            sql: if sql == Ty::Open && self.dialect == Dialect::Postgres { types::TEXT } else { sql },
            ty: column.ty,
            nullable: column.nullable || !keeps_not_null,
            has_default: false,
            generated: false,
        }));
    }
}

impl TableColumn {
    fn is_integer(&self) -> bool {
        self.ty == crate::Type::I64
    }
}

/// SQLite's rowid: the column that is declared `INTEGER PRIMARY KEY`, in exactly these words, is never NULL.
fn finish_sqlite(create: &CreateTable, table: &mut Table) {
    let has = |option| create.sqlite_table_options.options.contains(&option);
    table.has_rowid = !has(SqliteTableOption::WithoutRowid);
    let strict = has(SqliteTableOption::Strict);
    let Some(primary) = table.uniques.first().filter(|_| has_primary_key(create)).cloned() else { return };
    let single = primary.len() == 1;
    for (column, definition) in table.columns.iter_mut().zip(&create.columns) {
        if !primary.contains(&column.key) {
            continue;
        }
        let rowid = single && table.has_rowid && is_rowid_type(&definition.data_type) && !is_descending(definition);
        if rowid {
            table.rowid = Some(column.key.clone());
        }
        let declared = definition.options.iter().any(|option| matches!(option.option, ColumnOption::NotNull));
        // Primary keys of the other tables take NULL, by an old mistake that SQLite keeps, unless the table is STRICT or has no rowid.
        column.nullable = !(rowid || declared || !table.has_rowid || strict);
        let defaults = definition
            .options
            .iter()
            .any(|option| matches!(&option.option, ColumnOption::Default(value) if !is_null(value)));
        column.has_default = rowid || defaults;
    }
}

fn has_primary_key(create: &CreateTable) -> bool {
    create.constraints.iter().any(|constraint| matches!(constraint, TableConstraint::PrimaryKey(_)))
        || create
            .columns
            .iter()
            .flat_map(|column| &column.options)
            .any(|option| matches!(option.option, ColumnOption::PrimaryKey(_)))
}

/// `INTEGER PRIMARY KEY DESC` is no rowid, by an old mistake that SQLite keeps.
fn is_descending(definition: &ColumnDef) -> bool {
    definition.options.iter().any(|option| match &option.option {
        ColumnOption::DialectSpecific(words) => {
            words.iter().any(|word| keyword(word) == sqlparser::keywords::Keyword::DESC)
        }
        _ => false,
    })
}

fn is_rowid_type(data_type: &DataType) -> bool {
    matches!(data_type, DataType::Integer(None))
}

fn is_null(value: &Expr) -> bool {
    matches!(value, Expr::Value(value) if value.value == sqlparser::ast::Value::Null)
}

pub(super) fn duplicate_column(source: &Source<'_>, ident: &sqlparser::ast::Ident, name: &str) -> Problem {
    Problem::new(source.ident(ident), format!("column `{name}` is declared twice"))
}

pub(super) fn declared_name(name: &ObjectName) -> String {
    name.0.last().and_then(ObjectNamePart::as_ident).map(|ident| ident.value.clone()).unwrap_or_default()
}

pub(super) fn namespace(key: &TableKey) -> Option<String> {
    (!key.0.is_empty()).then(|| key.0.clone())
}

pub(super) fn virtual_column(name: String) -> TableColumn {
    TableColumn {
        key: name.to_ascii_lowercase(),
        name,
        ty: crate::Type::Text,
        nullable: true,
        has_default: false,
        generated: false,
        sql: types::TEXT,
    }
}
