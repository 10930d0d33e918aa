//! Names of columns. In goes an identifier, out comes the column that it means, or why it means none or several
//! (PostgreSQL 7.2 and 7.8, SQLite "SELECT" 2.1).

use std::ops::Range;

use sqlparser::ast::Ident;

use crate::problem::Problem;
use crate::resolve::relation::{Relation, ScopeColumn};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Answer, Clause, Found, Scope};
use crate::types::Ty;
use crate::typing::value::Typed;
use secure_forms_core::nearest::nearest;

pub(crate) fn column(r: &mut Resolver<'_>, scope: &Scope<'_>, ident: &Ident) -> Typed {
    let key = r.dialect.column_name(ident);
    let span = r.source.ident(ident);
    match scope.unqualified(&key) {
        Answer::Found(found) => grouped(r, scope, found, &ident.value, span),
        Answer::Ambiguous => ambiguous(r, scope, ident, &key, span),
        Answer::Unsure => unsure_column(r, span),
        Answer::None => no_column(r, scope, ident, &key, span),
    }
}

fn unsure_column(r: &mut Resolver<'_>, span: Range<usize>) -> Typed {
    // If the table itself was the problem, its columns need not be named too.
    if r.is_content() { r.cannot_judge(span, "the columns of this table are not known") } else { Typed::any() }
}

fn ambiguous(r: &mut Resolver<'_>, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
    let mut tables = scope.relations.iter().filter(|own| own.columns.iter().any(|column| column.key == key));
    let help = match (tables.next(), tables.next()) {
        (Some(one), Some(other)) if !one.name.is_empty() && !other.name.is_empty() => {
            Some(format!("write `{}.{ident}` or `{}.{ident}`", one.name, other.name, ident = ident.value))
        }
        _ => None,
    };
    r.report(Problem::new(span, format!("column `{}` is ambiguous", ident.value)).maybe_help(help));
    Typed::any()
}

fn no_column(r: &mut Resolver<'_>, scope: &Scope<'_>, ident: &Ident, key: &str, span: Range<usize>) -> Typed {
    // MariaDB's variables have no declared type.
    if r.dialect.expr().variables && ident.quote_style.is_none() && ident.value.starts_with('@') {
        return Typed::any();
    }
    // PostgreSQL: the name of a table is its row, or the value of a function that gives one column.
    if r.dialect.expr().table_is_row
        && let Some((_, _, relation)) = scope.relation(None, key)
    {
        let scalar = relation.scalar.then(|| relation.columns.first()).flatten();
        return scalar.map_or_else(|| Typed::new(Ty::fixed("record"), true), ScopeColumn::typed);
    }
    if r.dialect.expr().text_in_double_quotes && ident.quote_style == Some('"') {
        let message = format!("no column `{}`, and text in double quotes is not checked", ident.value);
        let help = format!("text stands in single quotes: `'{}'`", ident.value);
        r.report(Problem::cannot_judge(span, message).help(help));
        return Typed::any();
    }
    let near = nearest(&ident.value, scope.column_names()).map(|name| format!("did you mean `{name}`?"));
    r.report(Problem::new(span, format!("no column `{}`", ident.value)).maybe_help(near));
    Typed::any()
}

pub(crate) fn qualified(r: &mut Resolver<'_>, scope: &Scope<'_>, parts: &[Ident]) -> Typed {
    let Some((last, qualifier)) = parts.split_last() else { return Typed::any() };
    let Some((table, namespace)) = qualifier.split_last() else { return column(r, scope, last) };
    let table_key = r.dialect.table_name(table);
    let namespace = namespace.last().map(|ident| r.dialect.namespace_key(ident));
    let found = scope.relation(namespace.as_deref(), &table_key);
    let Some((level, at, relation)) = found else { return no_relation(r, scope, parts, table, &table_key) };
    let key = r.dialect.column_name(last);
    if let Some((place, own)) = relation.columns.iter().enumerate().find(|(_, own)| own.key == key) {
        let found = Found { typed: own.typed(), at: Some((at, place)), level };
        return grouped(r, scope, found, &last.value, r.source.ident(last));
    }
    if let Some(typed) = relation.hidden(&key) {
        r.columns_met.push(scope.depth().saturating_sub(level));
        return typed;
    }
    if relation.opaque {
        return unsure_column(r, r.source.ident(last));
    }
    let near = nearest(&last.value, relation.columns.iter().map(|column| column.name.as_str()));
    let help = near.map(|name| format!("did you mean `{name}`?"));
    let message = format!("no column `{}` in `{}`", last.value, table.value);
    let span = r.source.ident(last);
    r.report(Problem::new(span, message).maybe_help(help));
    Typed::any()
}

fn no_relation(r: &mut Resolver<'_>, scope: &Scope<'_>, parts: &[Ident], table: &Ident, key: &str) -> Typed {
    // `(column).field` without its parentheses, and a column of a composite type: PostgreSQL only.
    if r.dialect.expr().composite_fields
        && parts.len() > 2
        && parts.first().is_some_and(|first| scope.relation(None, &r.dialect.table_name(first)).is_some())
    {
        return r.cannot_judge(r.source.ident(table), format!("`{}` is no table here", table.value));
    }
    let near = nearest(key, scope.relation_names()).map(|name| format!("did you mean `{name}`?"));
    let help = near.or_else(|| hidden_by_alias(scope, key));
    let span = r.source.ident(table);
    r.report(Problem::new(span, format!("no table `{}` in this FROM", table.value)).maybe_help(help));
    Typed::any()
}

fn hidden_by_alias(scope: &Scope<'_>, key: &str) -> Option<String> {
    let from = |own: &Relation| own.columns.first().and_then(|column| column.from.clone());
    let relation = scope.relations.iter().find(|own| from(own).is_some_and(|(table, _)| table == key))?;
    Some(format!("it is called `{}` here", relation.name))
}

/// Applies PostgreSQL's rule for queries that group: a column is grouped, or inside an aggregate.
fn grouped(r: &mut Resolver<'_>, scope: &Scope<'_>, found: Found, name: &str, span: Range<usize>) -> Typed {
    r.columns_met.push(scope.depth().saturating_sub(found.level));
    let (Some((relation, at)), Some(own)) = (found.at, scope.level(found.level)) else { return found.typed };
    let Some(grouped) = &own.grouped else { return found.typed };
    // The aggregate may be a level further out than the column's reference.
    let inside = scope.levels().take(found.level + 1).any(|(_, scope)| scope.clause == Clause::Aggregate);
    if inside || grouped.covers(&own.relations, relation, at) {
        return found.typed;
    }
    let message = format!("column `{name}` must be in GROUP BY or in an aggregate function");
    r.refuse(span, message)
}
