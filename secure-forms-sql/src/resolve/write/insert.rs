//! INSERT: which columns are filled, with what, and what happens on a conflict. Parameters take the types of the columns
//! that they are stored in (the databases' pages of this name).

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::{
    AssignmentTarget, ConflictTarget, DoUpdate, Expr, Ident, Insert, ObjectName, OnConflict, OnConflictAction,
    OnInsert, SetExpr, TableObject,
};

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::query::scope::{Clause, Relation, Scope};
use crate::resolve::query::set::Output;
use crate::resolve::resolver::{Judge, Typed};
use crate::resolve::write::update_delete::is_default;
use crate::schema::{Table, TableColumn, TableKind};
use crate::verdict::InsertNotes;
use secure_forms_core::nearest::nearest;

impl<'a> Judge<'a> {
    pub(crate) fn insert(&mut self, outer: &Scope<'_>, insert: &Insert) -> Option<Vec<Output>> {
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

    pub(crate) fn table_column(&mut self, table: &'a Table, ident: &Ident) -> Option<&'a TableColumn> {
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
        too_many(self, self.source.node(source), outputs.len());
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
    pub(crate) fn stored(&mut self, scope: &Scope<'_>, value: &Expr, column: &TableColumn, overriding: bool) {
        if is_default(value) && self.dialect != Dialect::Sqlite {
            return;
        }
        let typed = self.expr(scope, value);
        self.store(&typed, self.span(value), column, overriding);
    }

    pub(crate) fn store(&mut self, typed: &Typed, span: Range<usize>, column: &TableColumn, overriding: bool) {
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

    pub(crate) fn target_scope<'p>(
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
}

fn is_computed(dialect: Dialect, column: &TableColumn) -> bool {
    // SQLite leaves computed columns out of an INSERT that names none.
    dialect == Dialect::Sqlite && column.generated
}

fn target_key(target: &AssignmentTarget) -> Option<&str> {
    match target {
        AssignmentTarget::ColumnName(name) => {
            name.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.as_str())
        }
        AssignmentTarget::Tuple(_) => None,
    }
}
