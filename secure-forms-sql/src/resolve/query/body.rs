//! Queries: WITH, the body, ORDER BY and LIMIT around it (PostgreSQL "SELECT", SQLite "SELECT", MariaDB "SELECT").

use sqlparser::ast::{GroupByExpr, ObjectName, OrderBy, Query, Select, SetExpr, Statement};

use crate::resolve::expr::aggregate;
use crate::resolve::query::{limit, order, select, set, table, with};
use crate::resolve::relation::Output;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;

pub(crate) fn query(r: &mut Resolver<'_>, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
    let span = r.source.node(query);
    r.deeper(span, Vec::new(), |r| query_inner(r, outer, query))
}

fn query_inner(r: &mut Resolver<'_>, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
    let span = || r.source.node(query);
    if query.for_clause.is_some()
        || query.settings.is_some()
        || query.format_clause.is_some()
        || !query.pipe_operators.is_empty()
        || (!r.dialect.query().locks_and_fetch && (!query.locks.is_empty() || query.fetch.is_some()))
    {
        r.refuse(span(), format!("{} has no such clause", r.dialect));
    }
    if r.dialect.query().locks_need_tables && !query.locks.is_empty() {
        lockable(r, query);
    }
    let mut scope = outer.inner();
    if let Some(with) = &query.with {
        with::with(r, &mut scope, with);
    }
    let outputs = body(r, &scope, &query.body, query.order_by.as_ref());
    limit::limits(r, &scope, query);
    outputs
}

/// PostgreSQL locks rows of tables: none that a query made of several.
fn lockable(r: &mut Resolver<'_>, query: &Query) {
    let what = match query.body.as_ref() {
        SetExpr::Select(select) if select.distinct.is_some() => "DISTINCT",
        SetExpr::Select(select) if groups(select) => "GROUP BY",
        SetExpr::Select(select) if select.having.is_some() => "HAVING",
        SetExpr::Select(select) if aggregate::is_one_row_of_all(r, select, None) => "aggregate functions",
        SetExpr::SetOperation { .. } => "UNION, INTERSECT or EXCEPT",
        SetExpr::Values(_) => "VALUES",
        _ => return,
    };
    r.refuse(r.source.node(query), format!("FOR UPDATE is not allowed with {what}"));
}

pub(crate) fn body(r: &mut Resolver<'_>, scope: &Scope<'_>, body: &SetExpr, order: Option<&OrderBy>) -> Vec<Output> {
    let span = r.source.node(body);
    r.deeper(span, Vec::new(), |r| match body {
        SetExpr::Select(select) => select::select(r, scope, select, order),
        SetExpr::Query(query) => {
            let outputs = r.query(scope, query);
            order::order_outputs(r, scope, order, &outputs);
            outputs
        }
        SetExpr::SetOperation { left, right, op, set_quantifier } => {
            let outputs = set::set_operation(r, scope, left, *op, *set_quantifier, right);
            order::order_outputs(r, scope, order, &outputs);
            outputs
        }
        SetExpr::Values(values) => {
            let outputs = set::values(r, scope, values);
            order::order_outputs(r, scope, order, &outputs);
            outputs
        }
        SetExpr::Insert(statement) | SetExpr::Update(statement) | SetExpr::Delete(statement) => {
            inner_write(r, scope, statement)
        }
        SetExpr::Merge(_) => {
            r.cannot_judge(r.source.node(body), "MERGE is not checked");
            Vec::new()
        }
        SetExpr::Table(table) => {
            let parts: Vec<_> = table.schema_name.iter().chain(&table.table_name).cloned().collect();
            let name = ObjectName::from(parts);
            let relation = table::table(r, scope, &name, None);
            relation.columns.iter().map(|column| Output::of(column, r.source.node(body))).collect()
        }
    })
}

fn inner_write(r: &mut Resolver<'_>, scope: &Scope<'_>, statement: &Statement) -> Vec<Output> {
    // `WITH … INSERT` is a write at the end, which SQLite has; a write inside WITH is PostgreSQL's alone.
    let at_end = scope.parent.is_some_and(|outer| outer.parent.is_none())
        && r.dialect.query().write_behind_with
        && !scope.in_cte;
    if !r.dialect.query().write_in_with && !at_end {
        r.refuse(r.source.node(statement), format!("a write cannot stand here in {}", r.dialect));
    }
    r.write(scope, statement).unwrap_or_default()
}

fn groups(select: &Select) -> bool {
    !matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty())
}
