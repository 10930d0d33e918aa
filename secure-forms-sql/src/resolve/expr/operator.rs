//! Operators: AND and OR, comparisons of values and rows, LIKE. In go the operands, out comes what the dialect makes of
//! them.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator};

use crate::resolve::expr::{comparison, membership};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::{BOOL, TEXT};
use crate::typing::value::Typed;

pub(crate) fn binary(r: &mut Resolver<'_>, scope: &Scope<'_>, left: &Expr, op: &BinaryOperator, right: &Expr) -> Typed {
    // AND and OR chains are flat for people: take their left side in a loop, so that depth means depth.
    if matches!(op, BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Xor) {
        let word = if *op == BinaryOperator::And { "AND" } else { "OR" };
        let mut operands = vec![right];
        let mut rest = left;
        while let Expr::BinaryOp { left, op: own, right } = rest
            && own == op
        {
            operands.push(right);
            rest = left;
        }
        operands.push(rest);
        let mut nullable = false;
        for operand in operands.into_iter().rev() {
            let (typed, span) = r.placed(scope, operand);
            r.typing.boolean(&mut r.inference, &typed, span, word);
            nullable |= typed.nullable;
        }
        return Typed::new(BOOL, nullable);
    }
    if r.dialect.expr().is_compares && matches!(op, BinaryOperator::Is | BinaryOperator::IsNot) {
        let (left, right) = (r.placed(scope, left), r.placed(scope, right));
        r.typing.operator(&mut r.inference, "=", &left, &right);
        return Typed::new(BOOL, false);
    }
    if let (Expr::Tuple(one), Expr::Tuple(other)) = (left, right) {
        return comparison::rows(r, scope, one, op, other, r.source.node(right));
    }
    if let (Expr::Tuple(items), Expr::Subquery(query)) | (Expr::Subquery(query), Expr::Tuple(items)) = (left, right) {
        return membership::row_and_query(r, scope, items, op, query);
    }
    let (left, right) = (r.placed(scope, left), r.placed(scope, right));
    let name = comparison::name(op);
    if left.0.ty.is("record") != right.0.ty.is("record") && !r.dialect.expr().row_operands {
        return r.refuse(right.1, "a row is compared with a row");
    }
    r.typing.operator(&mut r.inference, &name, &left, &right)
}

pub(crate) fn unary(r: &mut Resolver<'_>, scope: &Scope<'_>, op: UnaryOperator, expr: &Expr) -> Typed {
    let inner = r.placed(scope, expr);
    match op {
        UnaryOperator::Not | UnaryOperator::BangNot => {
            r.typing.boolean(&mut r.inference, &inner.0, inner.1, "NOT");
            Typed::new(BOOL, inner.0.nullable)
        }
        UnaryOperator::Plus if !r.dialect.expr().sign_is_operator => inner.0,
        _ => r.typing.prefix(&mut r.inference, &op.to_string(), &inner),
    }
}

pub(crate) fn like(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &str,
    expr: &Expr,
    pattern: &Expr,
    escape: Option<&Expr>,
) -> Typed {
    let (value, pattern) = (r.placed(scope, expr), r.placed(scope, pattern));
    if let Some(escape) = escape {
        let (typed, span) = r.placed(scope, escape);
        r.typing.assign(&mut r.inference, &typed, &TEXT, span, "ESCAPE");
    }
    r.typing.operator(&mut r.inference, name, &value, &pattern)
}
