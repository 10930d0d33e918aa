//! `ALTER`, `RENAME` and `DROP`: what migrations change in tables and types that exist.

use sqlparser::ast::{
    AlterColumnOperation, AlterTable, AlterTableOperation, AlterType, AlterTypeOperation, ColumnOption, DataType,
    Ident, ObjectName, ObjectType, RenameTableNameKind,
};

use super::table::{declared_name, duplicate_column};
use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::schema::declared;
use crate::schema::{Schema, Table, TableKey, UserType};
use crate::span::Source;
use crate::types::Ty;
use secure_forms_core::nearest::nearest;

impl Schema {
    pub(super) fn alter_table(&mut self, source: &Source<'_>, alter: &AlterTable) -> Result<(), Problem> {
        let mut name = alter.name.clone();
        for operation in &alter.operations {
            if let AlterTableOperation::RenameTable {
                table_name: RenameTableNameKind::To(new) | RenameTableNameKind::As(new),
            } = operation
            {
                self.rename_table(source, &name, new, alter.if_exists)?;
                name = new.clone();
                continue;
            }
            let key = self.key(&name);
            let Some(mut table) = self.tables.remove(&key) else {
                return if alter.if_exists || self.uncertain {
                    Ok(())
                } else {
                    Err(self.no_table(source, &name, &key))
                };
            };
            let done = self.alter(source, operation, &mut table);
            self.tables.insert(key, table);
            done?;
        }
        Ok(())
    }

    fn alter(&self, source: &Source<'_>, operation: &AlterTableOperation, table: &mut Table) -> Result<(), Problem> {
        match operation {
            AlterTableOperation::AddColumn { if_not_exists, column_def, column_position, .. } => {
                let column = self.column(column_def, table);
                if table.column(&column.key).is_some() {
                    return if *if_not_exists {
                        Ok(())
                    } else {
                        Err(duplicate_column(source, &column_def.name, &column.name))
                    };
                }
                let at = match column_position {
                    Some(sqlparser::ast::MySQLColumnPosition::First) => 0,
                    Some(sqlparser::ast::MySQLColumnPosition::After(other)) => {
                        let other = self.dialect.column_name(other);
                        table.columns.iter().position(|own| own.key == other).map_or(table.columns.len(), |at| at + 1)
                    }
                    None => table.columns.len(),
                };
                table.columns.insert(at, column);
            }
            AlterTableOperation::DropColumn { column_names, if_exists, .. } => {
                for name in column_names {
                    let key = self.dialect.column_name(name);
                    if table.column(&key).is_none() && !if_exists {
                        self.existing(source, table, name)?;
                    }
                    table.columns.retain(|column| column.key != key);
                    table.uniques.retain(|columns| !columns.contains(&key));
                }
            }
            AlterTableOperation::RenameColumn { old_column_name, new_column_name } => {
                self.existing(source, table, old_column_name)?;
                self.rename_column(table, old_column_name, new_column_name);
            }
            AlterTableOperation::ChangeColumn { old_name, new_name, data_type, options, .. } => {
                self.existing(source, table, old_name)?;
                self.rename_column(table, old_name, new_name);
                self.redeclare(table, new_name, data_type, options);
            }
            AlterTableOperation::ModifyColumn { col_name, data_type, options, .. } => {
                self.existing(source, table, col_name)?;
                self.redeclare(table, col_name, data_type, options);
            }
            AlterTableOperation::AlterColumn { column_name, op } => {
                self.existing(source, table, column_name)?;
                self.alter_column(table, column_name, op);
            }
            AlterTableOperation::AddConstraint { constraint, .. } => self.constrain(constraint, table),
            AlterTableOperation::DropPrimaryKey { .. } if !table.uniques.is_empty() => {
                table.uniques.remove(0);
            }
            AlterTableOperation::Inherit { .. } | AlterTableOperation::SwapWith { .. } => table.uncertain = true,
            _ => {}
        }
        Ok(())
    }

    fn existing(&self, source: &Source<'_>, table: &Table, ident: &Ident) -> Result<(), Problem> {
        if table.uncertain || table.column(&self.dialect.column_name(ident)).is_some() {
            return Ok(());
        }
        let near = nearest(&ident.value, table.columns.iter().map(|column| column.name.as_str()));
        let problem =
            Problem::new(source.ident(ident), format!("no column `{}` in table `{}`", ident.value, table.name));
        Err(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))))
    }

    fn rename_column(&self, table: &mut Table, old: &Ident, new: &Ident) {
        let (old, key) = (self.dialect.column_name(old), self.dialect.column_name(new));
        if let Some(column) = table.column_mut(&old) {
            column.name = self.dialect.shown_name(new);
            column.key.clone_from(&key);
        }
        if table.rowid.as_ref() == Some(&old) {
            table.rowid = Some(key.clone());
        }
        for unique in &mut table.uniques {
            if unique.remove(&old) {
                unique.insert(key.clone());
            }
        }
    }

    fn redeclare(&self, table: &mut Table, name: &Ident, data_type: &DataType, options: &[ColumnOption]) {
        let key = self.dialect.column_name(name);
        let Some(mut column) = table.column(&key).cloned() else { return };
        column.sql = self.known_type(declared::read(self.dialect, data_type).ty);
        column.ty = self.public_type(&column.sql);
        // A key stays NOT NULL whatever the new declaration leaves out.
        column.nullable = !table.uniques.first().is_some_and(|first| first.contains(&key) && !column.nullable);
        column.has_default = false;
        for option in options {
            self.column_option(option, &mut column, false, table);
        }
        if let Some(own) = table.column_mut(&key) {
            *own = column;
        }
    }

    fn alter_column(&self, table: &mut Table, name: &Ident, operation: &AlterColumnOperation) {
        let Some(column) = table.column_mut(&self.dialect.column_name(name)) else { return };
        match operation {
            AlterColumnOperation::SetNotNull => column.nullable = false,
            AlterColumnOperation::DropNotNull => column.nullable = true,
            AlterColumnOperation::SetDefault { .. } => column.has_default = true,
            AlterColumnOperation::DropDefault => column.has_default = false,
            AlterColumnOperation::SetDataType { data_type, .. } => {
                column.sql = self.known_type(declared::read(self.dialect, data_type).ty);
                column.ty = self.public_type(&column.sql);
            }
            AlterColumnOperation::AddGenerated { .. } => column.has_default = true,
            AlterColumnOperation::GenericOptions { .. } => {}
        }
    }

    pub(super) fn rename_table(
        &mut self,
        source: &Source<'_>,
        old: &ObjectName,
        new: &ObjectName,
        if_exists: bool,
    ) -> Result<(), Problem> {
        let (from, mut to) = (self.key(old), self.key(new));
        let Some(mut table) = self.tables.remove(&from) else {
            return if if_exists || self.uncertain { Ok(()) } else { Err(self.no_table(source, old, &from)) };
        };
        if self.tables.contains_key(&to) {
            return Err(Problem::new(source.name(new), format!("table `{}` already exists", to.1)));
        }
        table.name = declared_name(new);
        // PostgreSQL's and SQLite's new name stays in the schema of the old one.
        if to.0.is_empty() && self.dialect != Dialect::Mysql {
            to.0.clone_from(&from.0);
        }
        self.tables.insert(to, table);
        Ok(())
    }

    pub(super) fn alter_type(&mut self, alter: &AlterType) {
        let name = self.dialect.qualified(&alter.name);
        match &alter.operation {
            AlterTypeOperation::Rename(rename) => {
                let own = self.dialect.table_name(&rename.new_name);
                let new = name.rsplit_once('.').map_or(own.clone(), |(namespace, _)| format!("{namespace}.{own}"));
                if let Some(kind) = self.types.remove(&name) {
                    self.types.insert(new.clone(), kind);
                }
                for column in self.tables.values_mut().flat_map(|table| &mut table.columns) {
                    match &mut column.sql {
                        Ty::Named(own) | Ty::Array(own) if *own == name => *own = new.clone().into(),
                        _ => {}
                    }
                }
            }
            AlterTypeOperation::AddValue(add) => {
                if let Some(UserType::Enum(labels)) = self.types.get_mut(&name) {
                    labels.push(add.value.value.clone());
                }
            }
            AlterTypeOperation::RenameValue(rename) => {
                if let Some(UserType::Enum(labels)) = self.types.get_mut(&name) {
                    for label in labels.iter_mut().filter(|label| **label == rename.from.value) {
                        label.clone_from(&rename.to.value);
                    }
                }
            }
        }
    }

    pub(super) fn drop(
        &mut self,
        source: &Source<'_>,
        object: ObjectType,
        if_exists: bool,
        names: &[ObjectName],
    ) -> Result<(), Problem> {
        for name in names {
            let key = self.key(name);
            match object {
                ObjectType::Table | ObjectType::View | ObjectType::MaterializedView | ObjectType::ForeignTable => {
                    let gone = self.tables.remove(&key).is_some() || if_exists || self.uncertain;
                    gone.then_some(()).ok_or_else(|| self.no_table(source, name, &key))?;
                }
                ObjectType::Schema | ObjectType::Database => {
                    let namespace = self.dialect.qualified(name);
                    self.namespaces.remove(&namespace);
                    self.tables.retain(|(own, _), _| *own != namespace);
                    self.types.retain(|own, _| own.split_once('.').is_none_or(|(schema, _)| schema != namespace));
                }
                ObjectType::Type => {
                    self.types.remove(&self.dialect.qualified(name));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn no_table(&self, source: &Source<'_>, name: &ObjectName, key: &TableKey) -> Problem {
        let near = nearest(&key.1, self.tables.keys().map(|(_, name)| name.as_str()));
        Problem::new(source.name(name), format!("no table `{}` in the schema so far", key.1))
            .maybe_help(near.map(|name| format!("did you mean `{name}`?")))
    }
}
