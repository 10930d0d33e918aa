//! PostgreSQL's rule for queries that group (7.2.3): what is selected is grouped by, depends on what is, or is aggregated.

use sqlparser::ast::{Expr, FunctionArg, FunctionArgExpr, FunctionArguments, SelectItem};

use super::judge::Judge;

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
                | Expr::Collate { expr: inner, .. }
                | Expr::Extract { expr: inner, .. }
                | Expr::Ceil { expr: inner, .. }
                | Expr::Floor { expr: inner, .. }
                | Expr::Trim { expr: inner, .. }
                | Expr::Substring { expr: inner, .. }
                | Expr::CompoundFieldAccess { root: inner, .. } => expr = inner,
                Expr::AtTimeZone { timestamp, .. } => expr = timestamp,
                Expr::Between { expr: value, low, high, .. } => {
                    return [value, low, high].iter().any(|inner| self.aggregates(inner));
                }
                Expr::IsDistinctFrom(a, b) | Expr::IsNotDistinctFrom(a, b) => {
                    return self.aggregates(a) || self.aggregates(b);
                }
                Expr::Like { expr: value, pattern, .. } | Expr::ILike { expr: value, pattern, .. } => {
                    return self.aggregates(value) || self.aggregates(pattern);
                }
                Expr::In { expr: value, .. } => expr = value,
                Expr::Tuple(items) => return items.iter().any(|item| self.aggregates(item)),
                Expr::Array(array) => return array.elem.iter().any(|item| self.aggregates(item)),
                Expr::Case { operand, conditions, else_result, .. } => {
                    let inner = operand.iter().chain(else_result).map(AsRef::as_ref);
                    let arms = conditions.iter().flat_map(|when| [&when.condition, &when.result]);
                    return inner.chain(arms).any(|inner| self.aggregates(inner));
                }
                Expr::Function(function) => {
                    return (function.over.is_none() && self.is_aggregate(function))
                        || match &function.args {
                            FunctionArguments::List(list) => list.args.iter().any(|argument| match argument {
                                FunctionArg::Unnamed(FunctionArgExpr::Expr(inner))
                                | FunctionArg::Named { arg: FunctionArgExpr::Expr(inner), .. } => {
                                    self.aggregates(inner)
                                }
                                _ => false,
                            }),
                            _ => false,
                        };
                }
                _ => return false,
            }
        }
    }
}
