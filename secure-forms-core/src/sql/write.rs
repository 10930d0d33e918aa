//! Writes: INSERT, UPDATE and DELETE. In goes the statement, out come the columns of its RETURNING; parameters take the
//! types of the columns that they are stored in (the databases' pages of these names).

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::{
    Assignment, AssignmentTarget, ConflictTarget, Delete, DoUpdate, Expr, FromTable, Ident, Insert, ObjectName,
    OnConflict, OnConflictAction, OnInsert, SelectItem, SetExpr, Statement, TableAlias, TableFactor, TableObject,
    TableWithJoins, Update, UpdateTableFromKind,
};

use super::dialect::Dialect;
use super::judge::{Judge, Typed};
use super::problem::{Problem, nearest};
use super::schema::{Table, TableColumn, TableKind};
use super::scope::{Clause, Relation, Scope};
use super::select::Output;
use super::statement::place;
use super::verdict::{Access, Column, InsertNotes, TableUse};

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
                self.cannot_judge(place(self.source, other), "this kind of statement is not checked");
                None
            }
        }
    }

    /// The table that is written, and its place in the list of tables.
    fn target(&mut self, name: &ObjectName) -> Option<&'a Table> {
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

    fn insert(&mut self, outer: &Scope<'_>, insert: &Insert) -> Option<Vec<Output>> {
        let span = self.source.range(insert.insert_token.0.span);
        let foreign = insert.overwrite
            || insert.by_name
            || insert.partitioned.is_some()
            || !insert.after_columns.is_empty()
            || insert.output.is_some()
            || insert.settings.is_some()
            || insert.format_clause.is_some()
            || insert.multi_table_insert_type.is_some()
            || (insert.or.is_some() && self.dialect != Dialect::Sqlite)
            || (insert.ignore && self.dialect != Dialect::Mysql)
            || (insert.replace_into && self.dialect == Dialect::Postgres)
            || (insert.overriding.is_some() && self.dialect != Dialect::Postgres)
            || (!insert.into && self.dialect != Dialect::Mysql)
            || (insert.priority.is_some() && self.dialect != Dialect::Mysql)
            || (!insert.assignments.is_empty() && self.dialect != Dialect::Mysql)
            || insert.has_table_keyword;
        if foreign {
            self.refuse(span.clone(), format!("{} has no such form of INSERT", self.dialect));
        }
        let TableObject::TableName(name) = &insert.table else {
            self.cannot_judge(span, "this target of INSERT is not checked");
            return None;
        };
        let table = self.target(name)?;
        let columns = self.insert_columns(table, insert, name);
        match &insert.source {
            Some(source) => self.insert_source(outer, table, source, &columns, insert, name),
            None if !insert.assignments.is_empty() => {
                let scope =
                    self.target_scope(outer, table, insert.table_alias.as_ref().map(|alias| &alias.alias), name);
                self.assignments(&scope, table, &insert.assignments, "SET");
            }
            // DEFAULT VALUES
            None => {}
        }
        if outer.parent.is_none() && outer.relations.is_empty() {
            self.insert_notes(table, insert, &columns);
        }
        let alias = insert.table_alias.as_ref().map(|alias| &alias.alias);
        match &insert.on {
            Some(OnInsert::OnConflict(conflict)) => self.on_conflict(outer, table, conflict, alias, name, span),
            Some(OnInsert::DuplicateKeyUpdate(assignments)) if self.dialect == Dialect::Mysql => {
                let scope = self.target_scope(outer, table, alias, name);
                self.assignments(&scope, table, assignments, "SET");
            }
            Some(_) => {
                self.refuse(span, format!("{} has no such clause of INSERT", self.dialect));
            }
            None => {}
        }
        let scope = self.target_scope(outer, table, alias, name);
        self.returning(&scope, insert.returning.as_deref(), "INSERT")
    }

    fn insert_columns(&mut self, table: &'a Table, insert: &Insert, name: &ObjectName) -> Option<Vec<&'a TableColumn>> {
        if insert.columns.is_empty() {
            let all: Vec<&TableColumn> =
                table.columns.iter().filter(|column| !is_computed(self.dialect, column)).collect();
            return (!table.uncertain).then_some(all);
        }
        let mut seen = BTreeSet::new();
        let mut columns = Vec::new();
        for column in &insert.columns {
            let ident = column.0.last().and_then(|part| part.as_ident())?;
            let key = self.dialect.column_name(ident);
            // SQLite stores what is given for the rowid, and full-text tables take commands in a column of their own name.
            let hidden = self.dialect == Dialect::Sqlite
                && ((table.has_rowid && matches!(key.as_str(), "rowid" | "_rowid_" | "oid"))
                    || (table.kind == TableKind::Virtual && self.schema.key(name).1 == key));
            if hidden && table.column(&key).is_none() {
                return None;
            }
            let own = self.table_column(table, ident)?;
            if !seen.insert(key) && self.dialect != Dialect::Sqlite {
                self.refuse(self.source.ident(ident), format!("column `{}` is named twice", own.name));
            }
            columns.push(own);
        }
        Some(columns)
    }

    fn table_column(&mut self, table: &'a Table, ident: &Ident) -> Option<&'a TableColumn> {
        let key = self.dialect.column_name(ident);
        let found = table.column(&key);
        if found.is_none() {
            let span = self.source.ident(ident);
            let near = nearest(&ident.value, table.columns.iter().map(|column| column.name.as_str()));
            let message = format!("no column `{}` in `{}`", ident.value, table.name);
            let problem =
                if table.uncertain { Problem::cannot_judge(span, message) } else { Problem::refused(span, message) };
            self.problem(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
        }
        found
    }

    fn insert_source(
        &mut self,
        outer: &Scope<'_>,
        table: &'a Table,
        source: &sqlparser::ast::Query,
        columns: &Option<Vec<&'a TableColumn>>,
        insert: &Insert,
        name: &ObjectName,
    ) {
        let Some(columns) = columns else {
            self.query(outer, source);
            return;
        };
        let too_many = |judge: &mut Self, span: Range<usize>, count: usize| {
            let fewer_is_fine =
                judge.dialect == Dialect::Postgres && insert.columns.is_empty() && count < columns.len();
            if count != columns.len() && !fewer_is_fine && judge.is_content() {
                judge.refuse(span, format!("{count} values for {} columns", columns.len()));
            }
        };
        if let SetExpr::Values(values) = source.body.as_ref()
            && source.with.is_none()
        {
            if insert.columns.is_empty()
                && self.dialect == Dialect::Mysql
                && values.rows.iter().all(|row| row.content.is_empty())
            {
                return;
            }
            let width = values.rows.first().map_or(0, |row| row.content.len());
            let scope = self.values_scope(outer, table, name);
            for row in &values.rows {
                let span = self.source.range(sqlparser::ast::Spanned::span(row));
                if row.content.len() != width {
                    self.refuse(span, "all rows of VALUES must have as many values");
                    continue;
                }
                too_many(self, span, row.content.len());
                for (value, column) in row.content.iter().zip(columns) {
                    self.stored(&scope, value, column, insert.overriding.is_some());
                }
            }
            return;
        }
        let outputs = self.query(outer, source);
        too_many(self, place(self.source, source), outputs.len());
        for (output, column) in outputs.iter().zip(columns) {
            self.store(&output.typed, output.span.clone(), column, insert.overriding.is_some());
        }
    }

    /// MariaDB lets a value name the columns before it.
    fn values_scope<'p>(&self, outer: &'p Scope<'p>, table: &Table, name: &ObjectName) -> Scope<'p> {
        let mut scope = outer.inner().within(Clause::Plain("VALUES"));
        if self.dialect == Dialect::Mysql {
            scope.relations.push(Relation::of_table(table, self.schema.key(name).1, self.dialect));
        }
        scope
    }

    /// A value that a column stores; DEFAULT is one too.
    fn stored(&mut self, scope: &Scope<'_>, value: &Expr, column: &TableColumn, overriding: bool) {
        if is_default(value) && self.dialect != Dialect::Sqlite {
            return;
        }
        let typed = self.expr(scope, value);
        self.store(&typed, self.span(value), column, overriding);
    }

    fn store(&mut self, typed: &Typed, span: Range<usize>, column: &TableColumn, overriding: bool) {
        if column.generated && !overriding {
            let message = format!("column `{}` is computed and cannot be written", column.name);
            // MariaDB refuses it when the statement runs.
            if self.dialect != Dialect::Mysql {
                self.refuse(span.clone(), message);
            }
        }
        if column.nullable
            && let Some(number) = typed.param
        {
            self.allow_null(number);
        }
        self.assign(typed, &column.sql, span, &format!("column `{}`", column.name));
    }

    fn insert_notes(&mut self, table: &Table, insert: &Insert, columns: &Option<Vec<&TableColumn>>) {
        let given: BTreeSet<&str> = if insert.assignments.is_empty() {
            columns.iter().flatten().map(|column| column.key.as_str()).collect()
        } else {
            insert.assignments.iter().filter_map(|own| target_key(&own.target)).collect()
        };
        let nothing = insert.source.is_none() && insert.assignments.is_empty();
        let missing = table.columns.iter().filter(|column| {
            !column.nullable
                && !column.has_default
                && !column.generated
                && (nothing || !given.contains(column.key.as_str()))
        });
        self.insert = InsertNotes {
            unnamed_columns: insert.columns.is_empty() && insert.source.is_some(),
            missing: if columns.is_some() { missing.map(|column| column.name.clone()).collect() } else { Vec::new() },
        };
    }

    fn target_scope<'p>(
        &self,
        outer: &'p Scope<'p>,
        table: &Table,
        alias: Option<&Ident>,
        name: &ObjectName,
    ) -> Scope<'p> {
        let called = alias.map_or_else(|| self.schema.key(name).1, |alias| self.dialect.table_name(alias));
        let mut scope = outer.inner();
        scope.relations.push(Relation::of_table(table, called, self.dialect));
        scope
    }

    fn on_conflict(
        &mut self,
        outer: &Scope<'_>,
        table: &'a Table,
        conflict: &OnConflict,
        alias: Option<&Ident>,
        name: &ObjectName,
        span: Range<usize>,
    ) {
        if self.dialect == Dialect::Mysql {
            self.refuse(span, "mysql has no ON CONFLICT");
            return;
        }
        match &conflict.conflict_target {
            Some(ConflictTarget::Columns { columns, predicate }) => {
                let scope = self.target_scope(outer, table, alias, name);
                let keys: BTreeSet<String> = columns.iter().map(|ident| self.dialect.column_name(ident)).collect();
                let known = columns.iter().all(|ident| self.table_column(table, ident).is_some());
                if let Some(predicate) = predicate {
                    self.condition(&scope.within(Clause::Plain("WHERE")), predicate, "WHERE");
                }
                let unique = table.uniques.contains(&keys);
                if known && !unique && !table.uncertain {
                    self.no_unique(columns, predicate.is_some());
                }
            }
            Some(ConflictTarget::OnConstraint(constraint)) => {
                let key = self.schema.key(constraint).1;
                if self.dialect == Dialect::Sqlite {
                    self.refuse(self.name_span(constraint), "sqlite has no ON CONSTRAINT");
                } else if !table.constraints.contains(&key) {
                    let message = format!("no constraint `{key}` is known for `{}`", table.name);
                    self.cannot_judge(self.name_span(constraint), message);
                }
            }
            None if matches!(conflict.action, OnConflictAction::DoUpdate(_)) && self.dialect == Dialect::Postgres => {
                let problem = Problem::refused(span, "ON CONFLICT DO UPDATE needs to say which columns conflict");
                self.problem(problem.help("write `ON CONFLICT (column) DO UPDATE …`"));
            }
            None => {}
        }
        if let OnConflictAction::DoUpdate(update) = &conflict.action {
            self.do_update(outer, table, update, alias, name);
        }
    }

    /// SQLite looks for the index when it prepares; PostgreSQL does when it plans.
    fn no_unique(&mut self, columns: &[Ident], partial: bool) {
        let span = match (columns.first(), columns.last()) {
            (Some(first), Some(last)) => self.source.ident(first).start..self.source.ident(last).end,
            _ => self.source.all(),
        };
        if self.dialect == Dialect::Sqlite {
            let problem = if partial { Problem::cannot_judge } else { Problem::refused };
            self.problem(problem(span, "no UNIQUE or PRIMARY KEY is on exactly these columns".to_owned()));
        }
    }

    fn do_update(
        &mut self,
        outer: &Scope<'_>,
        table: &'a Table,
        update: &DoUpdate,
        alias: Option<&Ident>,
        name: &ObjectName,
    ) {
        let mut scope = self.target_scope(outer, table, alias, name);
        let excluded = Relation::of_table(table, "excluded".to_owned(), self.dialect);
        scope.relations.push(Relation {
            namespace: None,
            // PostgreSQL finds a bare name in both tables and refuses it.
            qualified_only: self.dialect == Dialect::Sqlite,
            system_columns: false,
            ..excluded
        });
        self.assignments(&scope, table, &update.assignments, "SET");
        if let Some(selection) = &update.selection {
            self.condition(&scope.within(Clause::Plain("WHERE")), selection, "WHERE");
        }
    }

    fn assignments(&mut self, scope: &Scope<'_>, table: &'a Table, assignments: &[Assignment], clause: &'static str) {
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
            self.from(&mut scope, &update.table);
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
            self.from(scope, table);
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
            self.assign(&typed, &super::types::INT8, self.span(limit), "LIMIT");
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

    fn returning(&mut self, scope: &Scope<'_>, items: Option<&[SelectItem]>, statement: &str) -> Option<Vec<Output>> {
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

fn is_computed(dialect: Dialect, column: &TableColumn) -> bool {
    // SQLite leaves computed columns out of an INSERT that names none.
    dialect == Dialect::Sqlite && column.generated
}

fn is_default(value: &Expr) -> bool {
    matches!(value, Expr::Identifier(ident) if ident.quote_style.is_none() && ident.value.eq_ignore_ascii_case("default"))
}

fn target_key(target: &AssignmentTarget) -> Option<&str> {
    match target {
        AssignmentTarget::ColumnName(name) => {
            name.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.as_str())
        }
        AssignmentTarget::Tuple(_) => None,
    }
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
