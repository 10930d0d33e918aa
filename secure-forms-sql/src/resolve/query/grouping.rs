//! PostgreSQL's rule for queries that group (7.2.3): what is selected is grouped by, depends on what is, or is aggregated.

use sqlparser::ast::{
    Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, GroupByExpr, InTarget, OrderBy, Select,
    SelectItem, WindowSpec, WindowType,
};

use crate::resolve::query::order::order_items;
use crate::resolve::resolver::Judge;

impl Judge<'_> {
    pub(crate) fn list_aggregates(&self, items: &[SelectItem]) -> bool {
        items.iter().any(|item| match item {
            SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => self.aggregates(expr),
            _ => false,
        })
    }

    /// Whether an expression calls an aggregate of its own query. Sub-queries are not looked into.
    pub(crate) fn aggregates(&self, expr: &Expr) -> bool {
        // The tree's depth was bounded when it was parsed, but a chain leans far to the left: go down that side in a loop.
        let mut expr = expr;
        loop {
            match expr {
                Expr::BinaryOp { left, right, .. } => {
                    if self.aggregates(right) {
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
                Expr::AtTimeZone { timestamp, time_zone } => {
                    return self.aggregates(timestamp) || self.aggregates(time_zone);
                }
                Expr::Position { expr: needle, r#in: hay } => return self.aggregates(needle) || self.aggregates(hay),
                Expr::Trim { expr: inner, trim_what, trim_characters, .. } => {
                    let parts = trim_what.iter().map(AsRef::as_ref).chain(trim_characters.iter().flatten());
                    return self.aggregates(inner) || parts.into_iter().any(|part| self.aggregates(part));
                }
                Expr::Substring { expr: inner, substring_from, substring_for, .. } => {
                    return self.aggregates(inner)
                        || substring_from.iter().chain(substring_for).any(|part| self.aggregates(part));
                }
                Expr::Overlay { expr: inner, overlay_what, overlay_from, overlay_for } => {
                    let parts = [inner, overlay_what, overlay_from].into_iter().chain(overlay_for);
                    return parts.into_iter().any(|part| self.aggregates(part));
                }
                Expr::AnyOp { left, right, .. } | Expr::AllOp { left, right, .. } => {
                    return self.aggregates(left) || self.aggregates(right);
                }
                Expr::Between { expr: value, low, high, .. } => {
                    return [value, low, high].iter().any(|inner| self.aggregates(inner));
                }
                Expr::IsDistinctFrom(a, b) | Expr::IsNotDistinctFrom(a, b) => {
                    return self.aggregates(a) || self.aggregates(b);
                }
                Expr::Like { expr: value, pattern, .. }
                | Expr::ILike { expr: value, pattern, .. }
                | Expr::SimilarTo { expr: value, pattern, .. }
                | Expr::RLike { expr: value, pattern, .. } => {
                    return self.aggregates(value) || self.aggregates(pattern);
                }
                Expr::In { expr: value, target, .. } => {
                    let listed = match target {
                        InTarget::List(items) => items.as_slice(),
                        _ => &[],
                    };
                    return self.aggregates(value) || listed.iter().any(|item| self.aggregates(item));
                }
                Expr::Tuple(items) => return items.iter().any(|item| self.aggregates(item)),
                Expr::Array(array) => return array.elem.iter().any(|item| self.aggregates(item)),
                Expr::Case { operand, conditions, else_result, .. } => {
                    let inner = operand.iter().chain(else_result).map(AsRef::as_ref);
                    let arms = conditions.iter().flat_map(|when| [&when.condition, &when.result]);
                    return inner.chain(arms).any(|inner| self.aggregates(inner));
                }
                Expr::Function(function) => return self.call_aggregates(function),
                _ => return false,
            }
        }
    }

    fn call_aggregates(&self, function: &Function) -> bool {
        let argument = |argument: &FunctionArg| match argument {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))
            | FunctionArg::Named { arg: FunctionArgExpr::Expr(inner), .. }
            | FunctionArg::ExprNamed { arg: FunctionArgExpr::Expr(inner), .. } => self.aggregates(inner),
            _ => false,
        };
        let in_arguments = match &function.args {
            FunctionArguments::List(list) => list.args.iter().any(argument),
            _ => false,
        };
        let in_window = match &function.over {
            Some(WindowType::WindowSpec(spec)) => self.window_aggregates(spec),
            _ => false,
        };
        (function.over.is_none() && self.is_aggregate(function)) || in_arguments || in_window
    }

    fn window_aggregates(&self, spec: &WindowSpec) -> bool {
        let ordered = spec.order_by.iter().map(|item| &item.expr);
        spec.partition_by.iter().chain(ordered).any(|expr| self.aggregates(expr))
    }

    /// Whether a query without GROUP BY makes one row of all its rows, and so of none, too.
    pub(crate) fn is_one_row_of_all(&self, select: &Select, order: Option<&OrderBy>) -> bool {
        let ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty());
        let ordered = order_items(order).any(|item| self.aggregates(&item.expr));
        ungrouped
            && (self.list_aggregates(&select.projection)
                || select.having.as_ref().is_some_and(|having| self.aggregates(having))
                || ordered)
    }
}
