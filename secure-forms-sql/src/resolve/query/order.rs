//! The clauses that arrange a query's rows: GROUP BY, ORDER BY, DISTINCT, LIMIT. They may name a column of the result by
//! its alias or its number, and each dialect has its own rule for which (PostgreSQL "SELECT", SQLite "SELECT" 2.4 and 2.5).

use sqlparser::ast::{
    Distinct, Expr, GroupByExpr, Ident, LimitClause, OrderBy, OrderByExpr, OrderByKind, Query, Select, SelectItem,
    Value,
};

use crate::dialect::Dialect;
use crate::resolve::query::scope::{Clause, Grouped, Relation, Scope};
use crate::resolve::query::set::Output;
use crate::resolve::resolver::Judge;
use crate::types::INT8;

impl Judge<'_> {
    /// GROUP BY; and whether the query groups at all.
    pub(crate) fn group(
        &mut self,
        scope: &mut Scope<'_>,
        select: &Select,
        order: Option<&OrderBy>,
        aliases: &[(String, &Expr)],
    ) {
        let GroupByExpr::Expressions(expressions, modifiers) = &select.group_by else {
            self.cannot_judge(self.source.node(select), "GROUP BY ALL is not checked");
            return;
        };
        if !modifiers.is_empty() && self.dialect != Dialect::Mysql {
            self.refuse(self.source.node(select), format!("{} has no such form of GROUP BY", self.dialect));
        }
        let aggregates = self.list_aggregates(&select.projection)
            || select.having.is_some()
            || order_items(order).any(|item| self.aggregates(&item.expr));
        if expressions.is_empty() && self.dialect == Dialect::Sqlite && aggregates {
            self.demand_selected_aggregate(select);
        }
        if expressions.is_empty() && !aggregates {
            return;
        }
        let mut grouped = Grouped::default();
        let plain = scope.within(Clause::Plain("GROUP BY"));
        for expr in expressions.iter().flat_map(grouping_elements) {
            self.group_by(&plain, select, aliases, expr, &mut grouped);
        }
        // The other dialects let a query select what it does not group by.
        scope.grouped = (self.dialect == Dialect::Postgres).then_some(grouped);
    }

    /// SQLite aggregates without GROUP BY only if the select list does.
    fn demand_selected_aggregate(&mut self, select: &Select) {
        if !self.list_aggregates(&select.projection) {
            let message = "HAVING and ORDER BY aggregate only where the query has GROUP BY or selects an aggregate";
            self.refuse(self.source.node(select), message);
        }
    }

    fn group_by(
        &mut self,
        scope: &Scope<'_>,
        select: &Select,
        aliases: &[(String, &Expr)],
        expr: &Expr,
        grouped: &mut Grouped,
    ) {
        let chosen = match self.ordinal(expr) {
            Some(number) => {
                let has_wildcard = select
                    .projection
                    .iter()
                    .any(|item| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)));
                match select.projection.get(number.wrapping_sub(1)) {
                    Some(SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) => expr,
                    _ if has_wildcard => {
                        self.cannot_judge(self.span(expr), "the position in GROUP BY is not checked beside `*`");
                        return;
                    }
                    _ => {
                        self.refuse(self.span(expr), format!("GROUP BY position {number} is not in the select list"));
                        return;
                    }
                }
            }
            None => match expr {
                Expr::Identifier(ident) if !self.sees(scope, ident) => {
                    let key = self.dialect.column_name(ident);
                    aliases.iter().find(|(alias, _)| *alias == key).map_or(expr, |(_, expr)| *expr)
                }
                _ => expr,
            },
        };
        let typed = self.expr(scope, chosen);
        self.groupable(&typed.ty, self.span(chosen));
        match self.column_place(scope, chosen) {
            Some(at) => {
                grouped.columns.insert(at);
            }
            None => grouped.expressions.push(chosen.clone()),
        }
    }

    fn sees(&self, scope: &Scope<'_>, ident: &Ident) -> bool {
        let key = self.dialect.column_name(ident);
        scope.relations.iter().any(|own| own.opaque || own.columns.iter().any(|column| column.key == key))
    }

    /// The relation and the place of a column of this very query.
    fn column_place(&self, scope: &Scope<'_>, expr: &Expr) -> Option<(usize, usize)> {
        let (qualifier, column) = match expr {
            Expr::Identifier(ident) => (None, ident),
            Expr::CompoundIdentifier(parts) => match parts.as_slice() {
                [.., table, column] => (Some(self.dialect.table_name(table)), column),
                _ => return None,
            },
            Expr::Nested(inner) => return self.column_place(scope, inner),
            _ => return None,
        };
        let key = self.dialect.column_name(column);
        scope.relations.iter().enumerate().find_map(|(relation, own)| {
            if qualifier.as_ref().is_some_and(|name| *name != own.name) {
                return None;
            }
            let place =
                own.columns.iter().position(|column| column.key == key && (qualifier.is_some() || !column.merged))?;
            Some((relation, place))
        })
    }

    fn ordinal(&self, expr: &Expr) -> Option<usize> {
        match expr {
            Expr::Value(value) => match &value.value {
                Value::Number(digits, false) => digits.parse().ok(),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn order(&mut self, scope: &Scope<'_>, select: &Select, order: Option<&OrderBy>, outputs: &[Output]) {
        for item in order_items(order) {
            self.order_options(item);
            if self.order_position(item, outputs) {
                continue;
            }
            if let Expr::Identifier(ident) = &item.expr {
                let key = self.dialect.column_name(ident);
                let matching = outputs.iter().filter(|output| match self.dialect {
                    Dialect::Postgres => output.name == key,
                    _ => output.name.to_lowercase() == key.to_lowercase(),
                });
                // A name of the select list comes before a column of the tables (SQL-92); two different ones are ambiguous.
                let matching: Vec<&Output> = matching.collect();
                if let [one, rest @ ..] = matching.as_slice() {
                    self.groupable(&one.typed.ty, self.span(&item.expr));
                    let differs = |other: &&Output| other.typed.from.is_none() || other.typed.from != one.typed.from;
                    if self.dialect == Dialect::Postgres && rest.iter().any(differs) {
                        self.refuse(self.span(&item.expr), format!("`{key}` in ORDER BY is ambiguous"));
                    }
                    continue;
                }
            }
            // PostgreSQL: what is selected needs no second look, and its parameters no second type.
            let selected = select.projection.iter().any(|own| {
                matches!(own, SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } if *expr == item.expr)
            });
            if !selected {
                let typed = self.expr(scope, &item.expr);
                let typed = self.text_if_open(typed, self.span(&item.expr));
                self.groupable(&typed.ty, self.span(&item.expr));
            }
        }
    }

    fn order_options(&mut self, item: &OrderByExpr) {
        let nulls = item.options.nulls_first.is_some() && self.dialect == Dialect::Mysql;
        if item.with_fill.is_some() || nulls {
            self.refuse(self.span(&item.expr), format!("{} has no such form of ORDER BY", self.dialect));
        }
    }

    fn order_position(&mut self, item: &OrderByExpr, outputs: &[Output]) -> bool {
        let Some(number) = self.ordinal(&item.expr) else { return false };
        if let Some(output) = outputs.get(number.wrapping_sub(1)) {
            self.groupable(&output.typed.ty, self.span(&item.expr));
        }
        if (number == 0 || number > outputs.len()) && self.is_content() {
            self.refuse(self.span(&item.expr), format!("ORDER BY position {number} is not in the select list"));
        }
        true
    }

    /// ORDER BY of a set operation sees its columns only.
    pub(crate) fn order_outputs(&mut self, scope: &Scope<'_>, order: Option<&OrderBy>, outputs: &[Output]) {
        for item in order_items(order) {
            self.order_options(item);
            if self.order_position(item, outputs) {
                continue;
            }
            let columns = self.as_columns(outputs.to_vec());
            match &item.expr {
                Expr::Identifier(_) => {
                    let mut inner = scope.inner();
                    inner.relations.push(Relation::of_columns(String::new(), columns));
                    self.expr(&inner, &item.expr);
                }
                _ => {
                    let span = self.span(&item.expr);
                    self.cannot_judge(span, "ORDER BY of a set operation takes a column's name or its number");
                }
            }
        }
    }

    pub(crate) fn distinct(&mut self, scope: &Scope<'_>, select: &Select, order: Option<&OrderBy>, outputs: &[Output]) {
        match &select.distinct {
            Some(Distinct::On(expressions)) => {
                if self.dialect != Dialect::Postgres {
                    self.refuse(self.source.node(select), format!("{} has no DISTINCT ON", self.dialect));
                    return;
                }
                for expr in expressions {
                    if self.ordinal(expr).is_none() && !self.is_output(expr, outputs) {
                        self.expr(scope, expr);
                    }
                }
                for item in order_items(order).take(expressions.len()) {
                    if !expressions.iter().any(|expr| self.same_column(expr, &item.expr)) {
                        self.refuse(self.span(&item.expr), "ORDER BY must begin with the expressions of DISTINCT ON");
                    }
                }
            }
            Some(Distinct::Distinct) if self.dialect == Dialect::Postgres => {
                for output in outputs {
                    self.groupable(&output.typed.ty, output.span.clone());
                }
                let expressions = || {
                    select.projection.iter().filter_map(|item| match item {
                        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => Some(expr),
                        _ => None,
                    })
                };
                for item in order_items(order) {
                    let known = self.ordinal(&item.expr).is_some()
                        || self.is_output(&item.expr, outputs)
                        || expressions().any(|expr| self.same_column(expr, &item.expr));
                    if !known {
                        self.refuse(self.span(&item.expr), "ORDER BY of a SELECT DISTINCT must be in the select list");
                    }
                }
            }
            _ => {}
        }
    }

    fn is_output(&self, expr: &Expr, outputs: &[Output]) -> bool {
        match last_ident(expr) {
            Some(ident) => outputs.iter().any(|output| output.name == self.dialect.column_name(ident)),
            None => false,
        }
    }

    fn same_column(&self, one: &Expr, other: &Expr) -> bool {
        one == other
            || match (last_ident(one), last_ident(other)) {
                (Some(one), Some(other)) => self.dialect.column_name(one) == self.dialect.column_name(other),
                _ => false,
            }
    }

    pub(crate) fn limits(&mut self, scope: &Scope<'_>, query: &Query) {
        let mut counts: Vec<&Expr> = Vec::new();
        match &query.limit_clause {
            Some(LimitClause::LimitOffset { limit, offset, limit_by }) => {
                if !limit_by.is_empty() {
                    self.refuse(self.source.node(query), format!("{} has no LIMIT BY", self.dialect));
                }
                if offset.is_some() && limit.is_none() && self.dialect != Dialect::Postgres {
                    self.refuse(self.source.node(query), format!("{} has no OFFSET without LIMIT", self.dialect));
                }
                counts.extend(limit);
                counts.extend(offset.as_ref().map(|offset| &offset.value));
            }
            Some(LimitClause::OffsetCommaLimit { offset, limit }) => {
                if self.dialect == Dialect::Postgres {
                    self.refuse(self.span(limit), "postgres has no `LIMIT a, b`");
                }
                counts.extend([offset, limit]);
            }
            None => {}
        }
        counts.extend(query.fetch.iter().filter_map(|fetch| fetch.quantity.as_ref()));
        let empty = Scope { relations: Vec::new(), ..scope.within(Clause::Plain("LIMIT")) };
        for count in counts {
            if self.dialect == Dialect::Mysql && !matches!(count, Expr::Value(_)) {
                self.refuse(self.span(count), "LIMIT takes a number or a parameter in mysql");
            }
            let typed = self.expr(&empty, count);
            self.assign(&typed, &INT8, self.span(count), "LIMIT");
        }
    }
}

pub(crate) fn order_items(order: Option<&OrderBy>) -> impl Iterator<Item = &OrderByExpr> {
    order.into_iter().flat_map(|order| match &order.kind {
        OrderByKind::Expressions(items) => items.as_slice(),
        OrderByKind::All(_) => &[],
    })
}

fn grouping_elements(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Rollup(sets) | Expr::Cube(sets) | Expr::GroupingSets(sets) => sets.iter().flatten().collect(),
        Expr::Tuple(items) => items.iter().collect(),
        _ => vec![expr],
    }
}

fn last_ident(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Identifier(ident) => Some(ident),
        Expr::CompoundIdentifier(parts) => parts.last(),
        Expr::Nested(inner) => last_ident(inner),
        _ => None,
    }
}
