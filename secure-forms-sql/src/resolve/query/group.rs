//! GROUP BY: by what a query groups, and whether it does (PostgreSQL 7.2.3, SQLite "SELECT" 2.4).

use sqlparser::ast::{Expr, GroupByExpr, Ident, OrderBy, Select, SelectItem};

use crate::resolve::expr::aggregate;
use crate::resolve::query::order;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Grouped, Scope};

/// GROUP BY; and whether the query groups at all.
pub(crate) fn group(
    r: &mut Resolver<'_>,
    scope: &mut Scope<'_>,
    select: &Select,
    order: Option<&OrderBy>,
    aliases: &[(String, &Expr)],
) {
    let GroupByExpr::Expressions(expressions, modifiers) = &select.group_by else {
        r.cannot_judge(r.source.node(select), "GROUP BY ALL is not checked");
        return;
    };
    if !modifiers.is_empty() && !r.dialect.query().group_modifiers {
        r.refuse(r.source.node(select), format!("{} has no such form of GROUP BY", r.dialect));
    }
    let aggregates = aggregate::list_aggregates(r, &select.projection)
        || select.having.is_some()
        || aggregate::order_items(order).any(|item| aggregate::aggregates(r, &item.expr));
    if expressions.is_empty() && r.dialect.query().having_needs_group && aggregates {
        demand_selected_aggregate(r, select);
    }
    if expressions.is_empty() && !aggregates {
        return;
    }
    let mut grouped = Grouped::default();
    let plain = scope.within(Clause::Plain("GROUP BY"));
    for expr in expressions.iter().flat_map(grouping_elements) {
        group_by(r, &plain, select, aliases, expr, &mut grouped);
    }
    // The other dialects let a query select what it does not group by.
    scope.grouped = (r.dialect.query().strict_grouping).then_some(grouped);
}

/// SQLite aggregates without GROUP BY only if the select list does.
fn demand_selected_aggregate(r: &mut Resolver<'_>, select: &Select) {
    if !aggregate::list_aggregates(r, &select.projection) {
        let message = "HAVING and ORDER BY aggregate only where the query has GROUP BY or selects an aggregate";
        r.refuse(r.source.node(select), message);
    }
}

fn group_by(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    select: &Select,
    aliases: &[(String, &Expr)],
    expr: &Expr,
    grouped: &mut Grouped,
) {
    let chosen = match order::ordinal(expr) {
        Some(number) => {
            let has_wildcard = select
                .projection
                .iter()
                .any(|item| matches!(item, SelectItem::Wildcard(_) | SelectItem::QualifiedWildcard(..)));
            match select.projection.get(number.wrapping_sub(1)) {
                Some(SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }) => expr,
                _ if has_wildcard => {
                    r.cannot_judge(r.source.node(expr), "the position in GROUP BY is not checked beside `*`");
                    return;
                }
                _ => {
                    r.refuse(r.source.node(expr), format!("GROUP BY position {number} is not in the select list"));
                    return;
                }
            }
        }
        None => match expr {
            Expr::Identifier(ident) if !sees(r, scope, ident) => {
                let key = r.dialect.column_name(ident);
                aliases.iter().find(|(alias, _)| *alias == key).map_or(expr, |(_, expr)| *expr)
            }
            _ => expr,
        },
    };
    let typed = r.expr(scope, chosen);
    r.typing.groupable(&mut r.inference, &typed.ty, r.source.node(chosen));
    match column_place(r, scope, chosen) {
        Some(at) => {
            grouped.columns.insert(at);
        }
        None => grouped.expressions.push(chosen.clone()),
    }
}

fn sees(r: &Resolver<'_>, scope: &Scope<'_>, ident: &Ident) -> bool {
    let key = r.dialect.column_name(ident);
    scope.relations.iter().any(|own| own.opaque || own.columns.iter().any(|column| column.key == key))
}

/// The relation and the place of a column of this very query.
fn column_place(r: &Resolver<'_>, scope: &Scope<'_>, expr: &Expr) -> Option<(usize, usize)> {
    let (qualifier, column) = match expr {
        Expr::Identifier(ident) => (None, ident),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [.., table, column] => (Some(r.dialect.table_name(table)), column),
            _ => return None,
        },
        Expr::Nested(inner) => return column_place(r, scope, inner),
        _ => return None,
    };
    let key = r.dialect.column_name(column);
    scope.relations.iter().enumerate().find_map(|(relation, own)| {
        if qualifier.as_ref().is_some_and(|name| *name != own.name) {
            return None;
        }
        let place =
            own.columns.iter().position(|column| column.key == key && (qualifier.is_some() || !column.merged))?;
        Some((relation, place))
    })
}

fn grouping_elements(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Rollup(sets) | Expr::Cube(sets) | Expr::GroupingSets(sets) => sets.iter().flatten().collect(),
        Expr::Tuple(items) => items.iter().collect(),
        _ => vec![expr],
    }
}
