//! Names of columns. In goes an identifier, out comes the column that it means, or why it means none or several
//! (PostgreSQL 7.2 and 7.8, SQLite "SELECT" 2.1).

use std::ops::Range;

use sqlparser::ast::Ident;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::query::scope::{Answer, Clause, Found, Relation, Scope, ScopeColumn};
use crate::resolve::resolver::{Judge, Typed};
use crate::types::Ty;
use secure_forms_core::nearest::nearest;

impl Judge<'_> {
    pub(crate) fn column(&mut self, scope: &Scope<'_>, ident: &Ident) -> Typed {
        let key = self.dialect.column_name(ident);
        let span = self.source.ident(ident);
        match scope.unqualified(&key) {
            Answer::Found(found) => self.grouped(scope, found, &ident.value, span),
            Answer::Ambiguous => self.ambiguous(scope, ident, &key, span),
            Answer::Unsure => self.unsure_column(span),
            Answer::None => self.no_column(scope, ident, &key, span),
        }
    }

    fn unsure_column(&mut self, span: Range<usize>) -> Typed {
        // If the table itself was the problem, its columns need not be named too.
        if self.is_content() {
            self.cannot_judge(span, "the columns of this table are not known")
        } else {
            Typed::any()
        }
    }

    fn ambiguous(&mut self, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
        let mut tables = scope.relations.iter().filter(|own| own.columns.iter().any(|column| column.key == key));
        let help = match (tables.next(), tables.next()) {
            (Some(one), Some(other)) if !one.name.is_empty() && !other.name.is_empty() => {
                Some(format!("write `{}.{ident}` or `{}.{ident}`", one.name, other.name, ident = ident.value))
            }
            _ => None,
        };
        self.problem(Problem::refused(span, format!("column `{}` is ambiguous", ident.value)).maybe_help(help));
        Typed::any()
    }

    fn no_column(&mut self, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
        // MariaDB's variables have no declared type.
        if self.dialect == Dialect::Mysql && ident.quote_style.is_none() && ident.value.starts_with('@') {
            return Typed::any();
        }
        // PostgreSQL: the name of a table is its row, or the value of a function that gives one column.
        if self.dialect == Dialect::Postgres
            && let Some((_, _, relation)) = scope.relation(None, key)
        {
            let scalar = relation.scalar.then(|| relation.columns.first()).flatten();
            return scalar.map_or_else(|| Typed::new(Ty::fixed("record"), true), ScopeColumn::typed);
        }
        if self.dialect == Dialect::Sqlite && ident.quote_style == Some('"') {
            let message = format!("no column `{}`, and text in double quotes is not checked", ident.value);
            let help = format!("text stands in single quotes: `'{}'`", ident.value);
            self.problem(Problem::cannot_judge(span, message).help(help));
            return Typed::any();
        }
        let near = nearest(&ident.value, scope.column_names()).map(|name| format!("did you mean `{name}`?"));
        self.problem(Problem::refused(span, format!("no column `{}`", ident.value)).maybe_help(near));
        Typed::any()
    }

    pub(crate) fn qualified_column(&mut self, scope: &Scope<'_>, parts: &[Ident]) -> Typed {
        let Some((column, qualifier)) = parts.split_last() else { return Typed::any() };
        let Some((table, namespace)) = qualifier.split_last() else { return self.column(scope, column) };
        let table_key = self.dialect.table_name(table);
        let namespace = namespace.last().map(|ident| self.namespace_key(ident));
        let found = scope.relation(namespace.as_deref(), &table_key);
        let Some((level, at, relation)) = found else { return self.no_relation(scope, parts, table, &table_key) };
        let key = self.dialect.column_name(column);
        if let Some((place, own)) = relation.columns.iter().enumerate().find(|(_, own)| own.key == key) {
            let found = Found { typed: own.typed(), at: Some((at, place)), level };
            return self.grouped(scope, found, &column.value, self.source.ident(column));
        }
        if let Some(typed) = relation.hidden(&key) {
            self.columns_met.push(scope.depth().saturating_sub(level));
            return typed;
        }
        if relation.opaque {
            return self.unsure_column(self.source.ident(column));
        }
        let near = nearest(&column.value, relation.columns.iter().map(|column| column.name.as_str()));
        let help = near.map(|name| format!("did you mean `{name}`?"));
        let message = format!("no column `{}` in `{}`", column.value, table.value);
        let span = self.source.ident(column);
        self.problem(Problem::refused(span, message).maybe_help(help));
        Typed::any()
    }

    fn namespace_key(&self, ident: &Ident) -> String {
        let name = self.dialect.table_name(ident);
        match (self.dialect, name.as_str()) {
            (Dialect::Postgres, "public") | (Dialect::Sqlite, "main" | "temp") => String::new(),
            _ => name,
        }
    }

    fn no_relation(&mut self, scope: &Scope<'_>, parts: &[Ident], table: &Ident, key: &str) -> Typed {
        // `(column).field` without its parentheses, and a column of a composite type: PostgreSQL only.
        if self.dialect == Dialect::Postgres
            && parts.len() > 2
            && parts.first().is_some_and(|first| scope.relation(None, &self.dialect.table_name(first)).is_some())
        {
            return self.cannot_judge(self.source.ident(table), format!("`{}` is no table here", table.value));
        }
        let near = nearest(key, scope.relation_names()).map(|name| format!("did you mean `{name}`?"));
        let help = near.or_else(|| self.hidden_by_alias(scope, key));
        let span = self.source.ident(table);
        self.problem(Problem::refused(span, format!("no table `{}` in this FROM", table.value)).maybe_help(help));
        Typed::any()
    }

    fn hidden_by_alias(&self, scope: &Scope<'_>, key: &str) -> Option<String> {
        let from = |own: &Relation| own.columns.first().and_then(|column| column.from.clone());
        let relation = scope.relations.iter().find(|own| from(own).is_some_and(|(table, _)| table == key))?;
        Some(format!("it is called `{}` here", relation.name))
    }

    /// Applies PostgreSQL's rule for queries that group: a column is grouped, or inside an aggregate.
    fn grouped(&mut self, scope: &Scope<'_>, found: Found, name: &str, span: Range<usize>) -> Typed {
        self.columns_met.push(scope.depth().saturating_sub(found.level));
        let (Some((relation, at)), Some(own)) = (found.at, scope.level(found.level)) else { return found.typed };
        let Some(grouped) = &own.grouped else { return found.typed };
        // The aggregate may be a level further out than the column's reference.
        let inside = scope.levels().take(found.level + 1).any(|(_, scope)| scope.clause == Clause::Aggregate);
        if inside || grouped.covers(&own.relations, relation, at) {
            return found.typed;
        }
        let message = format!("column `{name}` must be in GROUP BY or in an aggregate function");
        self.refuse(span, message)
    }
}
