//! Queries: their bodies, set operations, VALUES, and the columns that come out (PostgreSQL "SELECT", SQLite "SELECT",
//! MariaDB "SELECT").

use std::ops::Range;

use sqlparser::ast::{
    Expr, GroupByExpr, ObjectName, OrderBy, Query, Select, SetExpr, SetOperator, SetQuantifier, Statement, Values,
};

use crate::dialect::Dialect;
use crate::resolve::query::scope::{Clause, Scope, ScopeColumn};
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{TEXT, Ty};
use crate::verdict::Column;

/// A column of a query's result.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) typed: Typed,
    pub(crate) span: Range<usize>,
}

impl Judge<'_> {
    /// A query that is a statement, or a view's.
    pub(crate) fn top_query(&mut self, query: &Query) -> Vec<(Column, Ty)> {
        let outputs = self.query(&Scope::top(), query);
        self.report(outputs)
    }

    pub(crate) fn report(&mut self, outputs: Vec<Output>) -> Vec<(Column, Ty)> {
        let mut columns = Vec::with_capacity(outputs.len());
        for mut output in outputs {
            self.close(&mut output);
            let ty = self.schema.public_type(&output.typed.ty);
            let Typed { ty: sql, nullable, from, .. } = output.typed;
            columns.push((Column { name: output.name, ty, nullable, from }, sql));
        }
        columns
    }

    /// PostgreSQL makes what has no type by now text.
    fn close(&mut self, output: &mut Output) {
        if self.dialect == Dialect::Postgres && output.typed.ty == Ty::Open {
            if let Some(number) = output.typed.param {
                self.settle(number, &TEXT);
            }
            output.typed.ty = TEXT;
        }
    }

    /// Columns for the query around this one.
    pub(crate) fn as_columns(&mut self, outputs: Vec<Output>) -> Vec<ScopeColumn> {
        outputs
            .into_iter()
            .map(|mut output| {
                self.close(&mut output);
                let key =
                    if self.dialect == Dialect::Postgres { output.name.clone() } else { output.name.to_lowercase() };
                let Typed { ty, nullable, from, .. } = output.typed;
                ScopeColumn { key, name: output.name, ty, nullable, from, merged: false }
            })
            .collect()
    }

    pub(crate) fn query(&mut self, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        let span = self.source.node(query);
        self.deeper(span, Vec::new(), |judge| judge.query_inner(outer, query))
    }

    fn query_inner(&mut self, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        let span = || self.source.node(query);
        if query.for_clause.is_some()
            || query.settings.is_some()
            || query.format_clause.is_some()
            || !query.pipe_operators.is_empty()
            || (self.dialect == Dialect::Sqlite && (!query.locks.is_empty() || query.fetch.is_some()))
        {
            self.refuse(span(), format!("{} has no such clause", self.dialect));
        }
        if self.dialect == Dialect::Postgres && !query.locks.is_empty() {
            self.lockable(query);
        }
        let mut scope = outer.inner();
        if let Some(with) = &query.with {
            self.with(&mut scope, with);
        }
        let outputs = self.body(&scope, &query.body, query.order_by.as_ref());
        self.limits(&scope, query);
        outputs
    }

    /// PostgreSQL locks rows of tables: none that a query made of several.
    fn lockable(&mut self, query: &Query) {
        let what = match query.body.as_ref() {
            SetExpr::Select(select) if select.distinct.is_some() => "DISTINCT",
            SetExpr::Select(select) if groups(select) => "GROUP BY",
            SetExpr::Select(select) if select.having.is_some() => "HAVING",
            SetExpr::Select(select) if self.is_one_row_of_all(select, None) => "aggregate functions",
            SetExpr::SetOperation { .. } => "UNION, INTERSECT or EXCEPT",
            SetExpr::Values(_) => "VALUES",
            _ => return,
        };
        self.refuse(self.source.node(query), format!("FOR UPDATE is not allowed with {what}"));
    }

    pub(crate) fn column_counts(&mut self, span: Range<usize>, left: usize, right: usize) {
        self.refuse(span, format!("both sides must have as many columns: {left} on the left, {right} on the right"));
    }

    pub(crate) fn body(&mut self, scope: &Scope<'_>, body: &SetExpr, order: Option<&OrderBy>) -> Vec<Output> {
        let span = self.source.node(body);
        self.deeper(span, Vec::new(), |judge| match body {
            SetExpr::Select(select) => judge.select(scope, select, order),
            SetExpr::Query(query) => {
                let outputs = judge.query(scope, query);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::SetOperation { left, right, op, set_quantifier } => {
                let outputs = judge.set_operation(scope, left, *op, *set_quantifier, right);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::Values(values) => {
                let outputs = judge.values(scope, values, &[]);
                judge.order_outputs(scope, order, &outputs);
                outputs
            }
            SetExpr::Insert(statement) | SetExpr::Update(statement) | SetExpr::Delete(statement) => {
                judge.inner_write(scope, statement)
            }
            SetExpr::Merge(_) => {
                judge.cannot_judge(judge.source.node(body), "MERGE is not checked");
                Vec::new()
            }
            SetExpr::Table(table) => {
                let parts: Vec<_> = table.schema_name.iter().chain(&table.table_name).cloned().collect();
                let name = ObjectName::from(parts);
                let relation = judge.table(scope, &name, None);
                relation.columns.iter().map(|column| column_output(column, judge.source.node(body))).collect()
            }
        })
    }

    fn inner_write(&mut self, scope: &Scope<'_>, statement: &Statement) -> Vec<Output> {
        // `WITH … INSERT` is a write at the end, which SQLite has; a write inside WITH is PostgreSQL's alone.
        let at_end = scope.parent.is_some_and(|outer| outer.parent.is_none())
            && self.dialect == Dialect::Sqlite
            && !scope.in_cte;
        if self.dialect != Dialect::Postgres && !at_end {
            self.refuse(self.source.node(statement), format!("a write cannot stand here in {}", self.dialect));
        }
        self.write(scope, statement).unwrap_or_default()
    }

    fn set_operation(
        &mut self,
        scope: &Scope<'_>,
        left: &SetExpr,
        op: SetOperator,
        quantifier: SetQuantifier,
        right: &SetExpr,
    ) -> Vec<Output> {
        let plain = matches!(quantifier, SetQuantifier::None | SetQuantifier::All | SetQuantifier::Distinct);
        let all_is_union =
            self.dialect != Dialect::Sqlite || op == SetOperator::Union || quantifier == SetQuantifier::None;
        if !plain || !all_is_union || op == SetOperator::Minus {
            self.refuse(self.source.node(right), format!("{} has no such set operation", self.dialect));
        }
        let one = self.body(scope, left, None);
        let other = self.body(scope, right, None);
        if one.len() != other.len() {
            if self.is_content() {
                self.column_counts(self.source.node(right), one.len(), other.len());
            }
            return one;
        }
        let all = op == SetOperator::Union && quantifier == SetQuantifier::All;
        one.into_iter()
            .zip(other)
            .map(|(one, other)| {
                let word = if op == SetOperator::Union { "UNION" } else { "a set operation" };
                let joined = self.unify(&[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())], word);
                let nullable = if op == SetOperator::Except { one.typed.nullable } else { joined.nullable };
                let mut output = Output { typed: Typed { nullable, ..joined }, ..one };
                self.close(&mut output);
                if !all {
                    self.groupable(&output.typed.ty, output.span.clone());
                }
                output
            })
            .collect()
    }

    /// `wanted` are the columns that an INSERT fills.
    pub(crate) fn values(&mut self, scope: &Scope<'_>, values: &Values, wanted: &[Ty]) -> Vec<Output> {
        let scope = scope.within(Clause::Plain("VALUES"));
        let mut columns: Vec<Vec<(Typed, Range<usize>)>> = Vec::new();
        let width = values.rows.first().map_or(0, |row| row.content.len());
        for row in &values.rows {
            if row.content.len() != width {
                let span = self.source.node(row);
                self.refuse(span, "all rows of VALUES must have as many values");
                return Vec::new();
            }
            for (at, value) in row.content.iter().enumerate() {
                let typed = self.expr(&scope, value);
                let typed = match wanted.get(at) {
                    Some(ty) => self.hint(typed, ty),
                    None => typed,
                };
                let cell = (typed, self.span(value));
                match columns.get_mut(at) {
                    Some(column) => column.push(cell),
                    None => columns.push(vec![cell]),
                }
            }
        }
        let named = |at: usize| match self.dialect {
            Dialect::Mysql => self.span_text(values.rows.first().and_then(|row| row.content.get(at))),
            _ => format!("column{}", at + 1),
        };
        let names: Vec<String> = (0..width).map(named).collect();
        columns
            .iter()
            .zip(names)
            .map(|(column, name)| {
                let cells: Vec<_> = column.iter().map(|(typed, span)| (typed, span.clone())).collect();
                let span = column.first().map_or(0..0, |(_, span)| span.clone());
                Output { name, typed: self.unify(&cells, "VALUES"), span }
            })
            .collect()
    }

    fn span_text(&self, expr: Option<&Expr>) -> String {
        expr.map(|expr| self.source.text(self.span(expr)).to_owned()).unwrap_or_default()
    }
}

pub(crate) fn column_output(column: &ScopeColumn, span: Range<usize>) -> Output {
    Output { name: column.name.clone(), typed: column.typed(), span }
}

fn groups(select: &Select) -> bool {
    !matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty())
}
