//! Which expressions call an aggregate of their own query. Sub-queries are not looked into.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, InTarget, ObjectNamePart, OrderBy,
    OrderByExpr, OrderByKind, Select, SelectItem, WindowSpec, WindowType,
};

use crate::resolve::resolver::Resolver;
use crate::typing::call::Role;

pub(crate) fn list_aggregates(r: &Resolver<'_>, items: &[SelectItem]) -> bool {
    items.iter().any(|item| match item {
        SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => aggregates(r, expr),
        _ => false,
    })
}

/// Whether a query without GROUP BY makes one row of all its rows, and so of none, too.
pub(crate) fn is_one_row_of_all(r: &Resolver<'_>, select: &Select, order: Option<&OrderBy>) -> bool {
    let ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty());
    let ordered = order_items(order).any(|item| aggregates(r, &item.expr));
    ungrouped
        && (list_aggregates(r, &select.projection)
            || select.having.as_ref().is_some_and(|having| aggregates(r, having))
            || ordered)
}

/// Whether an expression calls an aggregate of its own query. Sub-queries are not looked into.
pub(crate) fn aggregates(r: &Resolver<'_>, expr: &Expr) -> bool {
    // The tree's depth was bounded when it was parsed, but a chain leans far to the left: go down that side in a loop.
    let mut expr = expr;
    loop {
        match expr {
            Expr::BinaryOp { left, right, .. } => {
                if aggregates(r, right) {
                    return true;
                }
                expr = left;
            }
            Expr::Nested(inner)
            | Expr::Cast { expr: inner, .. }
            | Expr::UnaryOp { expr: inner, .. }
            | Expr::IsNull(inner)
            | Expr::IsNotNull(inner)
            | Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner)
            | Expr::Convert { expr: inner, .. }
            | Expr::Prefixed { value: inner, .. }
            | Expr::Collate { expr: inner, .. }
            | Expr::Extract { expr: inner, .. }
            | Expr::Ceil { expr: inner, .. }
            | Expr::Floor { expr: inner, .. }
            | Expr::CompoundFieldAccess { root: inner, .. } => expr = inner,
            Expr::Interval(interval) => expr = &interval.value,
            _ => return parts_aggregate(r, expr),
        }
    }
}

/// Of the forms that have several parts, whether one of them does.
fn parts_aggregate(r: &Resolver<'_>, expr: &Expr) -> bool {
    match expr {
        Expr::AtTimeZone { timestamp, time_zone } => aggregates(r, timestamp) || aggregates(r, time_zone),
        Expr::Position { expr: needle, r#in: hay } => aggregates(r, needle) || aggregates(r, hay),
        Expr::Trim { expr: inner, trim_what, trim_characters, .. } => {
            let parts = trim_what.iter().map(AsRef::as_ref).chain(trim_characters.iter().flatten());
            aggregates(r, inner) || parts.into_iter().any(|part| aggregates(r, part))
        }
        Expr::Substring { expr: inner, substring_from, substring_for, .. } => {
            aggregates(r, inner) || substring_from.iter().chain(substring_for).any(|part| aggregates(r, part))
        }
        Expr::Overlay { expr: inner, overlay_what, overlay_from, overlay_for } => {
            let parts = [inner, overlay_what, overlay_from].into_iter().chain(overlay_for);
            parts.into_iter().any(|part| aggregates(r, part))
        }
        Expr::AnyOp { left, right, .. } | Expr::AllOp { left, right, .. } => {
            aggregates(r, left) || aggregates(r, right)
        }
        Expr::Between { expr: value, low, high, .. } => [value, low, high].iter().any(|inner| aggregates(r, inner)),
        Expr::IsDistinctFrom(a, b) | Expr::IsNotDistinctFrom(a, b) => aggregates(r, a) || aggregates(r, b),
        Expr::Like { expr: value, pattern, .. }
        | Expr::ILike { expr: value, pattern, .. }
        | Expr::SimilarTo { expr: value, pattern, .. }
        | Expr::RLike { expr: value, pattern, .. } => aggregates(r, value) || aggregates(r, pattern),
        Expr::In { expr: value, target, .. } => {
            let listed = match target {
                InTarget::List(items) => items.as_slice(),
                _ => &[],
            };
            aggregates(r, value) || listed.iter().any(|item| aggregates(r, item))
        }
        Expr::Tuple(items) => items.iter().any(|item| aggregates(r, item)),
        Expr::Array(array) => array.elem.iter().any(|item| aggregates(r, item)),
        Expr::Case { operand, conditions, else_result, .. } => {
            let inner = operand.iter().chain(else_result).map(AsRef::as_ref);
            let arms = conditions.iter().flat_map(|when| [&when.condition, &when.result]);
            inner.chain(arms).any(|inner| aggregates(r, inner))
        }
        Expr::Function(function) => call_aggregates(r, function),
        _ => false,
    }
}

fn call_aggregates(r: &Resolver<'_>, function: &Function) -> bool {
    let argument = |argument: &FunctionArg| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))
        | FunctionArg::Named { arg: FunctionArgExpr::Expr(inner), .. }
        | FunctionArg::ExprNamed { arg: FunctionArgExpr::Expr(inner), .. } => aggregates(r, inner),
        _ => false,
    };
    let in_arguments = match &function.args {
        FunctionArguments::List(list) => list.args.iter().any(argument),
        _ => false,
    };
    let in_window = match &function.over {
        Some(WindowType::WindowSpec(spec)) => window_aggregates(r, spec),
        _ => false,
    };
    (function.over.is_none() && is_aggregate(r, function)) || in_arguments || in_window
}

fn window_aggregates(r: &Resolver<'_>, spec: &WindowSpec) -> bool {
    let ordered = spec.order_by.iter().map(|item| &item.expr);
    spec.partition_by.iter().chain(ordered).any(|expr| aggregates(r, expr))
}

fn is_aggregate(r: &Resolver<'_>, function: &Function) -> bool {
    let count = match &function.args {
        FunctionArguments::List(list) => list.args.len(),
        _ => 0,
    };
    function_name(r, function).is_some_and(|(_, name)| r.typing.role(&name, count) == Role::Aggregate)
}

pub(crate) fn function_name(r: &Resolver<'_>, function: &Function) -> Option<(Option<String>, String)> {
    let mut parts = function.name.0.iter().rev().filter_map(ObjectNamePart::as_ident);
    let name = r.dialect.column_name(parts.next()?);
    Some((parts.next().map(|ident| r.dialect.table_name(ident)), name))
}

pub(crate) fn order_items(order: Option<&OrderBy>) -> impl Iterator<Item = &OrderByExpr> {
    order.into_iter().flat_map(|order| match &order.kind {
        OrderByKind::Expressions(items) => items.as_slice(),
        OrderByKind::All(_) => &[],
    })
}
