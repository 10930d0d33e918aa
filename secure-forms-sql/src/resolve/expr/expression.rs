//! Expressions: what each form of the grammar is made of, and what comes out. Which operators and conversions exist is
//! the dialect's business: `postgres/` refuses, `loose` only hints.

use std::ops::Range;

use sqlparser::ast::{CeilFloorKind, Expr, Query};

use crate::dialect::Dialect;
use crate::resolve::query::scope::Scope;
use crate::resolve::query::set::Output;
use crate::resolve::resolver::{Judge, Typed};
use crate::types::{BOOL, TEXT, Ty};

/// An expression's type beside its place.
pub(crate) type Placed = (Typed, Range<usize>);

impl Judge<'_> {
    pub(crate) fn expr(&mut self, scope: &Scope<'_>, expr: &Expr) -> Typed {
        let span = self.span(expr);
        // A grouped expression is looked at without the rule for what is in it.
        if let Some(grouped) = &scope.grouped
            && grouped.has_expression(expr)
        {
            let free = Scope { grouped: None, ..scope.clone() };
            return self.deeper(span, Typed::any(), |judge| judge.expr_inner(&free, expr));
        }
        self.deeper(span, Typed::any(), |judge| judge.expr_inner(scope, expr))
    }

    pub(crate) fn placed(&mut self, scope: &Scope<'_>, expr: &Expr) -> Placed {
        (self.expr(scope, expr), self.span(expr))
    }

    fn expr_inner(&mut self, scope: &Scope<'_>, expr: &Expr) -> Typed {
        let span = self.span(expr);
        match expr {
            Expr::Identifier(ident) => self.column(scope, ident),
            Expr::CompoundIdentifier(parts) => self.qualified_column(scope, parts),
            Expr::Value(value) => self.value(value),
            Expr::Nested(inner) => self.expr(scope, inner),
            Expr::IsNull(inner) | Expr::IsNotNull(inner) => {
                // It gives a parameter no type; another use may.
                self.expr(scope, inner);
                Typed::new(BOOL, false)
            }
            Expr::IsTrue(inner)
            | Expr::IsNotTrue(inner)
            | Expr::IsFalse(inner)
            | Expr::IsNotFalse(inner)
            | Expr::IsUnknown(inner)
            | Expr::IsNotUnknown(inner) => {
                self.condition(scope, inner, "IS");
                Typed::new(BOOL, false)
            }
            Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
                if self.dialect == Dialect::Mysql {
                    return self.refuse(span, "mysql has no IS DISTINCT FROM");
                }
                let (left, right) = (self.placed(scope, left), self.placed(scope, right));
                self.operator("=", &left, &right);
                Typed::new(BOOL, false)
            }
            Expr::In { expr, target, .. } => self.in_target(scope, expr, target),
            Expr::Between { expr, low, high, .. } => {
                let (value, low, high) = (self.placed(scope, expr), self.placed(scope, low), self.placed(scope, high));
                let above = self.operator(">=", &value, &low);
                let below = self.operator("<=", &value, &high);
                Typed::new(BOOL, above.nullable || below.nullable)
            }
            Expr::BinaryOp { left, op, right } => self.binary(scope, left, op, right),
            Expr::UnaryOp { op, expr } => self.unary(scope, *op, expr),
            Expr::Like { expr, pattern, escape_char, any: false, .. } => {
                self.like(scope, "~~", expr, pattern, escape_char.as_deref())
            }
            Expr::ILike { expr, pattern, escape_char, any: false, .. } if self.dialect == Dialect::Postgres => {
                self.like(scope, "~~*", expr, pattern, escape_char.as_deref())
            }
            Expr::SimilarTo { expr, pattern, escape_char, .. } if self.dialect == Dialect::Postgres => {
                self.like(scope, "~", expr, pattern, escape_char.as_deref())
            }
            Expr::RLike { expr, pattern, .. } if self.dialect == Dialect::Mysql => {
                self.like(scope, "~", expr, pattern, None)
            }
            Expr::AnyOp { left, compare_op, right, .. } | Expr::AllOp { left, compare_op, right } => {
                self.quantified(scope, left, compare_op, right)
            }
            Expr::Cast { expr, data_type, format: None, .. } => {
                let inner = self.placed(scope, expr);
                self.cast(&inner, data_type, span)
            }
            Expr::Convert { expr, data_type: Some(data_type), charset: None, .. } if self.dialect == Dialect::Mysql => {
                let inner = self.placed(scope, expr);
                self.cast(&inner, data_type, span)
            }
            Expr::Convert { expr, charset: Some(_), .. } if self.dialect == Dialect::Mysql => {
                let inner = self.expr(scope, expr);
                Typed::new(TEXT, inner.nullable)
            }
            Expr::TypedString(typed) => {
                let ty = self.named_type(&typed.data_type, span.clone());
                if let Some(text) = typed.value.value.clone().into_string() {
                    self.literal_fits(&text, &ty, span);
                }
                Typed::new(ty, self.dialect != Dialect::Postgres)
            }
            Expr::Function(function) => self.function(scope, function),
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(scope, operand.as_deref(), conditions, else_result.as_deref(), span)
            }
            Expr::Exists { subquery, .. } => {
                let inner = scope.within(scope.clause);
                self.query(&inner.inner(), subquery);
                Typed::new(BOOL, false)
            }
            Expr::Subquery(query) => self.scalar(scope, query, span),
            Expr::Tuple(items) => {
                // Every item is looked at, also after one that can be NULL.
                let items: Vec<Typed> = items.iter().map(|item| self.expr(scope, item)).collect();
                let nullable = items.iter().any(|item| item.nullable);
                Typed::new(Ty::fixed("record"), nullable)
            }
            Expr::Collate { expr, .. } => self.expr(scope, expr),
            Expr::Ceil { expr, field } if is_plain(field) => {
                let argument = self.placed(scope, expr);
                self.named_call("ceil", vec![argument], span)
            }
            Expr::Floor { expr, field } if is_plain(field) => {
                let argument = self.placed(scope, expr);
                self.named_call("floor", vec![argument], span)
            }
            _ => self.worded(scope, expr, span),
        }
    }

    fn case(
        &mut self,
        scope: &Scope<'_>,
        operand: Option<&Expr>,
        conditions: &[sqlparser::ast::CaseWhen],
        else_result: Option<&Expr>,
        span: Range<usize>,
    ) -> Typed {
        let mut operand = operand.map(|operand| self.placed(scope, operand));
        // PostgreSQL: an operand without a type is text before any WHEN is looked at.
        if self.dialect == Dialect::Postgres
            && let Some((typed, span)) = &mut operand
            && typed.ty == Ty::Open
        {
            self.assign(typed, &TEXT, span.clone(), "CASE");
            typed.ty = TEXT;
        }
        let mut results = Vec::new();
        for when in conditions {
            match &operand {
                Some(operand) => {
                    let value = self.placed(scope, &when.condition);
                    self.operator("=", operand, &value);
                }
                None => self.condition(scope, &when.condition, "WHEN"),
            }
            results.push(self.placed(scope, &when.result));
        }
        if let Some(result) = else_result {
            // PostgreSQL looks at ELSE first when it chooses the common type.
            results.insert(0, self.placed(scope, result));
        }
        let cells: Vec<_> = results.iter().map(|(typed, span)| (typed, span.clone())).collect();
        if cells.is_empty() {
            return self.refuse(span, "CASE needs a WHEN");
        }
        let typed = self.unify(&cells, "CASE").nullable_if(else_result.is_none());
        self.text_if_open(typed, span)
    }

    fn scalar(&mut self, scope: &Scope<'_>, query: &Query, span: Range<usize>) -> Typed {
        let outputs = self.query(&scope.inner(), query);
        let [Output { typed, .. }] = outputs.as_slice() else { return self.wrong_width(span, 1, outputs.len()) };
        // No row gives NULL, except that an aggregate without GROUP BY always gives one.
        let always = is_whole_aggregate(self, query);
        let mut typed = typed.clone().nullable_if(!always);
        typed.from = None;
        if self.dialect != Dialect::Postgres {
            typed.literal = None;
        }
        self.text_if_open(typed, span)
    }
}

fn is_plain(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(sqlparser::ast::DateTimeField::NoDateTime))
}

fn is_whole_aggregate(judge: &Judge<'_>, query: &Query) -> bool {
    let sqlparser::ast::SetExpr::Select(select) = query.body.as_ref() else { return false };
    let ungrouped = matches!(&select.group_by, sqlparser::ast::GroupByExpr::Expressions(list, _) if list.is_empty());
    ungrouped && select.having.is_none() && query.limit_clause.is_none() && judge.list_aggregates(&select.projection)
}
