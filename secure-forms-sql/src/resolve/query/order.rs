//! ORDER BY and DISTINCT. They may name a column of the result by its alias or its number, and each dialect has its own
//! rule for which (PostgreSQL "SELECT", SQLite "SELECT" 2.5).

use sqlparser::ast::{Distinct, Expr, Ident, OrderBy, OrderByExpr, Select, SelectItem, Value};

use crate::resolve::expr::aggregate;
use crate::resolve::query::output;
use crate::resolve::relation::{Output, Relation};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;

pub(crate) fn order(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    select: &Select,
    order: Option<&OrderBy>,
    outputs: &[Output],
) {
    for item in aggregate::order_items(order) {
        order_options(r, item);
        if order_position(r, item, outputs) {
            continue;
        }
        if let Expr::Identifier(ident) = &item.expr {
            let key = r.dialect.column_name(ident);
            let wanted = r.dialect.result_key(&key);
            let matching = outputs.iter().filter(|output| r.dialect.result_key(&output.name) == wanted);
            // A name of the select list comes before a column of the tables (SQL-92); two different ones are ambiguous.
            let matching: Vec<&Output> = matching.collect();
            if let [one, rest @ ..] = matching.as_slice() {
                r.typing.groupable(&mut r.inference, &one.typed.ty, r.source.node(&item.expr));
                let differs = |other: &&Output| other.typed.from.is_none() || other.typed.from != one.typed.from;
                if r.dialect.query().strict_order && rest.iter().any(differs) {
                    r.refuse(r.source.node(&item.expr), format!("`{key}` in ORDER BY is ambiguous"));
                }
                continue;
            }
        }
        // PostgreSQL: what is selected needs no second look, and its parameters no second type.
        let selected = select.projection.iter().any(|own| {
            matches!(own, SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } if *expr == item.expr)
        });
        if !selected {
            let typed = r.expr(scope, &item.expr);
            let typed = r.typing.text_if_open(&mut r.inference, typed, r.source.node(&item.expr));
            r.typing.groupable(&mut r.inference, &typed.ty, r.source.node(&item.expr));
        }
    }
}

fn order_options(r: &mut Resolver<'_>, item: &OrderByExpr) {
    let nulls = item.options.nulls_first.is_some() && !r.dialect.query().nulls_first;
    if item.with_fill.is_some() || nulls {
        r.refuse(r.source.node(&item.expr), format!("{} has no such form of ORDER BY", r.dialect));
    }
}

fn order_position(r: &mut Resolver<'_>, item: &OrderByExpr, outputs: &[Output]) -> bool {
    let Some(number) = ordinal(&item.expr) else { return false };
    if let Some(output) = outputs.get(number.wrapping_sub(1)) {
        r.typing.groupable(&mut r.inference, &output.typed.ty, r.source.node(&item.expr));
    }
    if (number == 0 || number > outputs.len()) && r.is_content() {
        r.refuse(r.source.node(&item.expr), format!("ORDER BY position {number} is not in the select list"));
    }
    true
}

/// ORDER BY of a set operation sees its columns only.
pub(crate) fn order_outputs(r: &mut Resolver<'_>, scope: &Scope<'_>, order: Option<&OrderBy>, outputs: &[Output]) {
    for item in aggregate::order_items(order) {
        order_options(r, item);
        if order_position(r, item, outputs) {
            continue;
        }
        let columns = output::as_columns(r, outputs.to_vec());
        match &item.expr {
            Expr::Identifier(_) => {
                let mut inner = scope.inner();
                inner.relations.push(Relation::of_columns(String::new(), columns));
                r.expr(&inner, &item.expr);
            }
            _ => {
                let span = r.source.node(&item.expr);
                r.cannot_judge(span, "ORDER BY of a set operation takes a column's name or its number");
            }
        }
    }
}

pub(crate) fn distinct(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    select: &Select,
    order: Option<&OrderBy>,
    outputs: &[Output],
) {
    match &select.distinct {
        Some(Distinct::On(expressions)) => {
            if !r.dialect.query().distinct_on {
                r.refuse(r.source.node(select), format!("{} has no DISTINCT ON", r.dialect));
                return;
            }
            for expr in expressions {
                if ordinal(expr).is_none() && !is_output(r, expr, outputs) {
                    r.expr(scope, expr);
                }
            }
            for item in aggregate::order_items(order).take(expressions.len()) {
                if !expressions.iter().any(|expr| same_column(r, expr, &item.expr)) {
                    r.refuse(r.source.node(&item.expr), "ORDER BY must begin with the expressions of DISTINCT ON");
                }
            }
        }
        Some(Distinct::Distinct) if r.dialect.query().distinct_order_selected => {
            for output in outputs {
                r.typing.groupable(&mut r.inference, &output.typed.ty, output.span.clone());
            }
            let expressions = || {
                select.projection.iter().filter_map(|item| match item {
                    SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => Some(expr),
                    _ => None,
                })
            };
            for item in aggregate::order_items(order) {
                let known = ordinal(&item.expr).is_some()
                    || is_output(r, &item.expr, outputs)
                    || expressions().any(|expr| same_column(r, expr, &item.expr));
                if !known {
                    r.refuse(r.source.node(&item.expr), "ORDER BY of a SELECT DISTINCT must be in the select list");
                }
            }
        }
        _ => {}
    }
}

fn is_output(r: &Resolver<'_>, expr: &Expr, outputs: &[Output]) -> bool {
    match last_ident(expr) {
        Some(ident) => outputs.iter().any(|output| output.name == r.dialect.column_name(ident)),
        None => false,
    }
}

fn same_column(r: &Resolver<'_>, one: &Expr, other: &Expr) -> bool {
    one == other
        || match (last_ident(one), last_ident(other)) {
            (Some(one), Some(other)) => r.dialect.column_name(one) == r.dialect.column_name(other),
            _ => false,
        }
}

pub(crate) fn ordinal(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, false) => digits.parse().ok(),
            _ => None,
        },
        _ => None,
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
