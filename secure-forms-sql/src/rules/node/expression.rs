//! What stands directly below an expression.

use sqlparser::ast::{AccessExpr, Expr, InTarget, Subscript};

use super::below::Below;
use super::part::Node;

impl<'t> Below<'t> {
    pub(super) fn expr(&mut self, expr: &'t Expr) {
        match expr {
            Expr::IsFalse(own)
            | Expr::IsNotFalse(own)
            | Expr::IsTrue(own)
            | Expr::IsNotTrue(own)
            | Expr::IsNull(own)
            | Expr::IsNotNull(own)
            | Expr::IsUnknown(own)
            | Expr::IsNotUnknown(own)
            | Expr::Nested(own)
            | Expr::UnaryOp { expr: own, .. }
            | Expr::Cast { expr: own, .. }
            | Expr::Extract { expr: own, .. }
            | Expr::Ceil { expr: own, .. }
            | Expr::Floor { expr: own, .. }
            | Expr::Collate { expr: own, .. }
            | Expr::IsJson { expr: own, .. }
            | Expr::IsNormalized { expr: own, .. }
            | Expr::JsonAccess { value: own, .. }
            | Expr::Prefixed { value: own, .. }
            | Expr::Named { expr: own, .. } => self.exprs([own.as_ref()]),
            Expr::IsDistinctFrom(left, right)
            | Expr::IsNotDistinctFrom(left, right)
            | Expr::BinaryOp { left, right, .. }
            | Expr::AnyOp { left, right, .. }
            | Expr::AllOp { left, right, .. }
            | Expr::Position { expr: left, r#in: right }
            | Expr::AtTimeZone { timestamp: left, time_zone: right }
            | Expr::RLike { expr: left, pattern: right, .. } => self.boxed(&[left, right]),
            Expr::Like { expr, pattern, escape_char, .. }
            | Expr::ILike { expr, pattern, escape_char, .. }
            | Expr::SimilarTo { expr, pattern, escape_char, .. } => {
                self.boxed(&[expr, pattern]);
                self.exprs(escape_char.as_deref());
            }
            Expr::Between { expr, low, high, .. } => self.boxed(&[expr, low, high]),
            Expr::In { expr, target, .. } => self.membership(expr, target),
            Expr::Function(function) => self.function(function),
            Expr::Exists { subquery, .. } | Expr::Subquery(subquery) => self.0.push(Node::Query(subquery)),
            Expr::Case { operand, conditions, else_result, .. } => {
                self.exprs(operand.as_deref());
                self.exprs(conditions.iter().flat_map(|when| [&when.condition, &when.result]));
                self.exprs(else_result.as_deref());
            }
            Expr::GroupingSets(sets) | Expr::Cube(sets) | Expr::Rollup(sets) => self.exprs(sets.iter().flatten()),
            Expr::Tuple(items) => self.exprs(items),
            Expr::Array(array) => self.exprs(&array.elem),
            other => self.keyword_call(other),
        }
    }

    /// Functions whose arguments have words between them, and accesses into arrays.
    fn keyword_call(&mut self, expr: &'t Expr) {
        match expr {
            Expr::Convert { expr, styles, .. } => {
                self.exprs([expr.as_ref()]);
                self.exprs(styles);
            }
            Expr::Substring { expr, substring_from, substring_for, .. } => {
                self.exprs([expr.as_ref()]);
                self.exprs(substring_from.as_deref());
                self.exprs(substring_for.as_deref());
            }
            Expr::Trim { trim_what, expr, trim_characters, .. } => {
                self.exprs(trim_what.as_deref());
                self.exprs([expr.as_ref()]);
                self.exprs(trim_characters.iter().flatten());
            }
            Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } => {
                self.boxed(&[expr, overlay_what, overlay_from]);
                self.exprs(overlay_for.as_deref());
            }
            Expr::Interval(interval) => self.exprs([interval.value.as_ref()]),
            Expr::CompoundFieldAccess { root, access_chain } => {
                self.exprs([root.as_ref()]);
                for access in access_chain {
                    match access {
                        AccessExpr::Dot(expr) | AccessExpr::Subscript(Subscript::Index { index: expr }) => {
                            self.exprs([expr]);
                        }
                        AccessExpr::Subscript(Subscript::Slice { lower_bound, upper_bound, stride }) => {
                            self.exprs([lower_bound, upper_bound, stride].into_iter().flatten());
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn membership(&mut self, expr: &'t Expr, target: &'t InTarget) {
        self.exprs([expr]);
        match target {
            InTarget::List(items) => self.exprs(items),
            InTarget::Subquery(query) => self.0.push(Node::Query(query)),
            InTarget::Unnest(expr) => self.exprs([expr.as_ref()]),
            InTarget::Table { args, .. } => self.arguments(args.iter().flatten()),
        }
    }
}
