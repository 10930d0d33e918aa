//! Writes: UPDATE, DELETE, and where INSERT begins. In goes the statement, out come the columns of its RETURNING; parameters take the
//! types of the columns that they are stored in (the databases' pages of these names).

use std::collections::BTreeSet;

use sqlparser::ast::{
    Assignment, AssignmentTarget, Delete, Expr, FromTable, Ident, ObjectName, SelectItem, SetExpr, Statement,
    TableAlias, TableFactor, TableWithJoins, Update, UpdateTableFromKind,
};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::query::scope::{Clause, Scope};
use crate::resolve::query::set::Output;
use crate::resolve::resolver::Judge;
use crate::schema::{Table, TableColumn, TableKind};
use crate::verdict::{Access, Column, TableUse};

impl<'a> Judge<'a> {
    pub(crate) fn statement<'s>(&mut self, statement: &'s Statement) -> (Vec<Column>, bool, &'s Statement) {
        let scope = Scope::top();
        let outputs = match statement {
            Statement::Query(query) => {
                self.has_where = outer_where(&query.body);
                let columns = self.query(&scope, query);
                let returns = !matches!(query.body.as_ref(), SetExpr::Insert(own) | SetExpr::Update(own) | SetExpr::Delete(own) if !returning(own));
                let columns = self.report(columns).into_iter().map(|(column, _)| column).collect();
                return (columns, returns, statement);
            }
            Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => self.write(&scope, statement),
            _ => {
                self.other(statement);
                None
            }
        };
        let returns = outputs.is_some();
        let columns = self.report(outputs.unwrap_or_default()).into_iter().map(|(column, _)| column).collect();
        (columns, returns, statement)
    }

    /// Statements that no table's rows go through. A few are known to be prepared whatever they name.
    fn other(&mut self, statement: &Statement) {
        let span = self.source.all();
        match (self.dialect, statement) {
            (Dialect::Postgres, Statement::NOTIFY { .. } | Statement::LISTEN { .. } | Statement::UNLISTEN { .. }) => {}
            (
                Dialect::Mysql,
                Statement::ShowVariable { .. } | Statement::ShowVariables { .. } | Statement::ShowStatus { .. },
            ) => {}
            (_, Statement::CreateTable(create)) if create.query.is_none() => {
                let key = self.schema.key(&create.name);
                // PostgreSQL and MariaDB look when the statement runs.
                if self.schema.tables.contains_key(&key) && !create.if_not_exists && self.dialect == Dialect::Sqlite {
                    self.refuse(self.name_span(&create.name), format!("table `{}` already exists", key.1));
                }
            }
            (
                _,
                Statement::StartTransaction { .. }
                | Statement::Commit { .. }
                | Statement::Rollback { .. }
                | Statement::Savepoint { .. }
                | Statement::ReleaseSavepoint { .. },
            ) => {}
            _ => {
                self.cannot_judge(span, "this kind of statement is not checked");
            }
        }
    }

    /// `None` if it returns no rows.
    pub(crate) fn write(&mut self, scope: &Scope<'_>, statement: &Statement) -> Option<Vec<Output>> {
        match statement {
            Statement::Insert(insert) => self.insert(scope, insert),
            Statement::Update(update) => self.update(scope, update),
            Statement::Delete(delete) => self.delete(scope, delete),
            other => {
                self.cannot_judge(self.source.node(other), "this kind of statement is not checked");
                None
            }
        }
    }

    /// The table that is written, and its place in the list of tables.
    pub(crate) fn target(&mut self, name: &ObjectName) -> Option<&'a Table> {
        let key = self.schema.key(name);
        let schema = self.schema;
        let Some(table) = schema.tables.get(&key) else {
            self.missing_table(name, &key.0, &key.1);
            return None;
        };
        self.touch(table.full_name(), Access::Write);
        if table.kind == TableKind::View {
            // Whether a view can be written depends on its query and on triggers.
            self.cannot_judge(self.name_span(name), format!("writing to the view `{}` is not checked", table.name));
        }
        Some(table)
    }

    pub(crate) fn assignments(
        &mut self,
        scope: &Scope<'_>,
        table: &'a Table,
        assignments: &[Assignment],
        clause: &'static str,
    ) {
        let scope = scope.within(Clause::Plain(clause));
        let mut seen = BTreeSet::new();
        for assignment in assignments {
            match &assignment.target {
                AssignmentTarget::ColumnName(name) => {
                    if let Some(column) = self.assigned(&scope, table, name) {
                        if !seen.insert(column.key.clone()) && self.dialect == Dialect::Postgres {
                            self.refuse(self.name_span(name), format!("column `{}` is set twice", column.name));
                        }
                        self.stored(&scope, &assignment.value, column, false);
                    } else {
                        self.expr(&scope, &assignment.value);
                    }
                }
                AssignmentTarget::Tuple(names) => self.row_assignment(&scope, table, names, &assignment.value),
            }
        }
    }

    fn row_assignment(&mut self, scope: &Scope<'_>, table: &'a Table, names: &[ObjectName], value: &Expr) {
        let columns: Vec<Option<&TableColumn>> = names.iter().map(|name| self.assigned(scope, table, name)).collect();
        let span = self.span(value);
        let count = match value {
            Expr::Tuple(values) => {
                for (value, column) in values.iter().zip(&columns) {
                    match column {
                        Some(column) => self.stored(scope, value, column, false),
                        None => {
                            self.expr(scope, value);
                        }
                    }
                }
                values.len()
            }
            Expr::Subquery(query) => {
                let outputs = self.query(&scope.inner(), query);
                for (output, column) in outputs.iter().zip(&columns) {
                    if let Some(column) = column {
                        self.store(&output.typed, output.span.clone(), column, false);
                    }
                }
                outputs.len()
            }
            _ => {
                self.cannot_judge(span, "this form of SET is not checked");
                return;
            }
        };
        if count != columns.len() && self.is_content() {
            self.refuse(span, format!("{count} values for {} columns", columns.len()));
        }
    }

    /// The column that SET names; MariaDB may say which table's.
    fn assigned(&mut self, scope: &Scope<'_>, table: &'a Table, name: &ObjectName) -> Option<&'a TableColumn> {
        let idents: Vec<&Ident> = name.0.iter().filter_map(|part| part.as_ident()).collect();
        match (idents.as_slice(), self.dialect) {
            ([ident], Dialect::Mysql) if scope.relations.len() > 1 => self.column_of_any(scope, None, ident),
            ([ident], _) => self.table_column(table, ident),
            ([.., qualifier, ident], Dialect::Mysql) => self.column_of_any(scope, Some(qualifier), ident),
            ([first, ..], _) => {
                // PostgreSQL: the field of a composite column.
                if self.table_column(table, first).is_some() {
                    self.cannot_judge(self.name_span(name), "setting a part of a column is not checked");
                }
                None
            }
            _ => None,
        }
    }

    fn column_of_any(
        &mut self,
        scope: &Scope<'_>,
        qualifier: Option<&Ident>,
        ident: &Ident,
    ) -> Option<&'a TableColumn> {
        let typed = match qualifier {
            Some(qualifier) => self.qualified_column(scope, &[qualifier.clone(), ident.clone()]),
            None => self.column(scope, ident),
        };
        let (table, _) = typed.from?;
        let schema = self.schema;
        let table = schema.tables.values().find(|own| own.full_name() == table)?;
        table.column(&self.dialect.column_name(ident))
    }

    fn update(&mut self, outer: &Scope<'_>, update: &Update) -> Option<Vec<Output>> {
        let span = self.source.range(update.update_token.0.span);
        let foreign = update.output.is_some()
            || update.settings.is_some()
            || (update.or.is_some() && self.dialect != Dialect::Sqlite)
            || ((!update.order_by.is_empty() || update.limit.is_some()) && self.dialect != Dialect::Mysql)
            || (!update.table.joins.is_empty() && self.dialect != Dialect::Mysql)
            || (update.from.is_some() && self.dialect == Dialect::Mysql);
        if foreign {
            self.refuse(span.clone(), format!("{} has no such form of UPDATE", self.dialect));
        }
        let TableFactor::Table { name, alias, .. } = &update.table.relation else {
            self.cannot_judge(span, "this target of UPDATE is not checked");
            return None;
        };
        let table = self.target(name)?;
        self.alias_of_target(alias.as_ref());
        let mut scope = outer.inner();
        if self.dialect == Dialect::Mysql {
            self.from(&mut scope, 0, &update.table);
            self.promote_target(table);
        } else {
            scope = self.target_scope(outer, table, alias.as_ref().map(|alias| &alias.name), name);
        }
        let tables = match &update.from {
            Some(UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables)) => tables.as_slice(),
            None => &[],
        };
        self.more_tables(&mut scope, tables);
        // The order in which PostgreSQL analyses: conditions and RETURNING settle parameters before SET does.
        self.filter(&scope, outer, update.selection.as_ref());
        // SQLite's RETURNING does not see the tables of FROM.
        let seen = if self.dialect == Dialect::Sqlite { 1 } else { scope.relations.len() };
        let target = Scope { relations: scope.relations.iter().take(seen).cloned().collect(), ..scope.clone() };
        let outputs = self.returning(&target, update.returning.as_deref(), "UPDATE");
        self.assignments(&scope, table, &update.assignments, "SET");
        self.order_and_limit(&scope, &update.order_by, update.limit.as_ref());
        outputs
    }

    /// SQLite wants `AS` before the alias of a table that is written.
    fn alias_of_target(&mut self, alias: Option<&TableAlias>) {
        if let Some(alias) = alias
            && self.dialect == Dialect::Sqlite
            && !alias.explicit
        {
            let problem = Problem::refused(self.source.ident(&alias.name), "sqlite needs AS before this alias");
            self.problem(problem.help(format!("write `AS {}`", alias.name.value)));
        }
    }

    /// `from` has noted the target as read: it is one table, not two.
    fn promote_target(&mut self, table: &Table) {
        self.forget_read(&TableUse { name: table.full_name(), access: Access::Read });
    }

    fn more_tables(&mut self, scope: &mut Scope<'_>, tables: &[TableWithJoins]) {
        for table in tables {
            self.from(scope, scope.relations.len(), table);
        }
    }

    fn filter(&mut self, scope: &Scope<'_>, outer: &Scope<'_>, selection: Option<&Expr>) {
        if let Some(selection) = selection {
            self.condition(&scope.within(Clause::Plain("WHERE")), selection, "WHERE");
        }
        if outer.parent.is_none() {
            self.has_where = selection.is_some();
        }
    }

    fn order_and_limit(&mut self, scope: &Scope<'_>, order: &[sqlparser::ast::OrderByExpr], limit: Option<&Expr>) {
        for item in order {
            self.expr(scope, &item.expr);
        }
        if let Some(limit) = limit {
            let typed = self.expr(&Scope::top(), limit);
            self.assign(&typed, &crate::types::INT8, self.span(limit), "LIMIT");
        }
    }

    fn delete(&mut self, outer: &Scope<'_>, delete: &Delete) -> Option<Vec<Output>> {
        let span = self.source.range(delete.delete_token.0.span);
        let mysql = self.dialect == Dialect::Mysql;
        let FromTable::WithFromKeyword(from) = &delete.from else {
            self.refuse(span, format!("{} needs FROM after DELETE", self.dialect));
            return None;
        };
        let foreign = delete.output.is_some()
            || delete.settings.is_some()
            || ((!delete.order_by.is_empty() || delete.limit.is_some() || !delete.tables.is_empty()) && !mysql)
            || (delete.using.is_some() && self.dialect == Dialect::Sqlite);
        if foreign {
            self.refuse(span.clone(), format!("{} has no such form of DELETE", self.dialect));
        }
        if mysql && delete.using.is_some() {
            self.cannot_judge(span, "DELETE … USING is not checked for mysql");
            return None;
        }
        let several = from.len() > 1 || from.iter().any(|own| !own.joins.is_empty()) || !delete.tables.is_empty();
        if several && mysql {
            return self.delete_from_several(outer, delete, from);
        }
        let [TableWithJoins { relation: TableFactor::Table { name, alias, .. }, joins }] = from.as_slice() else {
            self.refuse(span, "DELETE takes one table");
            return None;
        };
        if !joins.is_empty() {
            self.refuse(span, format!("{} has no join in DELETE", self.dialect));
            return None;
        }
        let table = self.target(name)?;
        self.alias_of_target(alias.as_ref());
        let mut scope = self.target_scope(outer, table, alias.as_ref().map(|alias| &alias.name), name);
        self.more_tables(&mut scope, delete.using.as_deref().unwrap_or_default());
        self.filter(&scope, outer, delete.selection.as_ref());
        self.order_and_limit(&scope, &delete.order_by, delete.limit.as_ref());
        self.returning(&scope, delete.returning.as_deref(), "DELETE")
    }

    /// MariaDB: `DELETE a, b FROM a JOIN b …`.
    fn delete_from_several(
        &mut self,
        outer: &Scope<'_>,
        delete: &Delete,
        from: &[TableWithJoins],
    ) -> Option<Vec<Output>> {
        let mut scope = outer.inner();
        self.more_tables(&mut scope, from);
        for name in &delete.tables {
            let key = self.schema.key(name).1;
            match scope.relation(None, &key) {
                Some((_, _, relation)) => {
                    let table = relation.columns.iter().find_map(|column| column.from.clone());
                    self.touch(table.map_or(key, |(table, _)| table), Access::Write);
                }
                None => {
                    self.refuse(self.name_span(name), format!("no table `{key}` in this FROM"));
                }
            }
        }
        self.filter(&scope, outer, delete.selection.as_ref());
        None
    }

    pub(crate) fn returning(
        &mut self,
        scope: &Scope<'_>,
        items: Option<&[SelectItem]>,
        statement: &str,
    ) -> Option<Vec<Output>> {
        let items = items?;
        if self.dialect == Dialect::Mysql && statement == "UPDATE" {
            self.refuse(self.source.all(), "mysql has no RETURNING on UPDATE");
        }
        let start = self.returning_start();
        let texts = self.texts_after(start);
        Some(self.items(&scope.within(Clause::Plain("RETURNING")), items, &texts))
    }

    fn returning_start(&self) -> Option<usize> {
        let last = self.tokens.iter().rev().find(|token| token.token.to_string().eq_ignore_ascii_case("RETURNING"))?;
        self.source.byte(last.span.end)
    }
}

pub(crate) fn is_default(value: &Expr) -> bool {
    matches!(value, Expr::Identifier(ident) if ident.quote_style.is_none() && ident.value.eq_ignore_ascii_case("default"))
}

fn outer_where(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => select.selection.is_some(),
        SetExpr::Query(query) => outer_where(&query.body),
        _ => false,
    }
}

fn returning(statement: &Statement) -> bool {
    match statement {
        Statement::Insert(insert) => insert.returning.is_some(),
        Statement::Update(update) => update.returning.is_some(),
        Statement::Delete(delete) => delete.returning.is_some(),
        _ => false,
    }
}
