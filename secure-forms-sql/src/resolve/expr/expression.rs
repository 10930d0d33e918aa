//! Expressions: what each form of the grammar is made of, and what comes out. Which operators and conversions exist is
//! the dialect's business: PostgreSQL refuses, the others only hint.

use sqlparser::ast::{Expr, Value, ValueWithSpan};

use crate::resolve::expr::{call, column, conditional, membership, operator, predicate};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::{BOOL, Ty};
use crate::typing::value::Typed;

pub(crate) fn expression(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr) -> Typed {
    let span = r.source.node(expr);
    // A grouped expression is looked at without the rule for what is in it.
    if let Some(grouped) = &scope.grouped
        && grouped.has_expression(expr)
    {
        let free = Scope { grouped: None, ..scope.clone() };
        return r.deeper(span, Typed::any(), |r| expr_inner(r, &free, expr));
    }
    r.deeper(span, Typed::any(), |r| expr_inner(r, scope, expr))
}

fn expr_inner(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr) -> Typed {
    let span = r.source.node(expr);
    match expr {
        Expr::Identifier(ident) => column::column(r, scope, ident),
        Expr::CompoundIdentifier(parts) => column::qualified(r, scope, parts),
        Expr::Value(value) => literal(r, value),
        Expr::Nested(inner) => r.expr(scope, inner),
        Expr::In { expr, target, .. } => membership::in_target(r, scope, expr, target),
        Expr::BinaryOp { left, op, right } => operator::binary(r, scope, left, op, right),
        Expr::UnaryOp { op, expr } => operator::unary(r, scope, *op, expr),
        Expr::AnyOp { left, compare_op, right, .. } | Expr::AllOp { left, compare_op, right } => {
            membership::quantified(r, scope, left, compare_op, right)
        }
        Expr::Function(function) => call::function(r, scope, function),
        Expr::Case { operand, conditions, else_result, .. } => {
            conditional::case(r, scope, operand.as_deref(), conditions, else_result.as_deref(), span)
        }
        Expr::Exists { subquery, .. } => {
            let inner = scope.within(scope.clause);
            r.query(&inner.inner(), subquery);
            Typed::new(BOOL, false)
        }
        Expr::Subquery(query) => conditional::scalar(r, scope, query, span),
        Expr::Tuple(items) => {
            // Every item is looked at, also after one that can be NULL.
            let items: Vec<Typed> = items.iter().map(|item| r.expr(scope, item)).collect();
            let nullable = items.iter().any(|item| item.nullable);
            Typed::new(Ty::fixed("record"), nullable)
        }
        Expr::Collate { expr, .. } => r.expr(scope, expr),
        _ => predicate::predicate(r, scope, expr, span),
    }
}

fn literal(r: &mut Resolver<'_>, value: &ValueWithSpan) -> Typed {
    let span = r.source.range(value.span);
    match &value.value {
        Value::Placeholder(_) => match r.inference.parameters.at(span.start) {
            Some(parameter) => parameter,
            None => r.refuse(span, "a parameter is not allowed here"),
        },
        value => r.typing.literal(&mut r.inference, value, span),
    }
}
