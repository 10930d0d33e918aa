//! What operators and IN have in common: the name of an operator, and rows that are compared value by value.

use std::ops::Range;

use sqlparser::ast::{BinaryOperator, Expr};

use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::BOOL;
use crate::typing::value::Typed;

pub(crate) fn rows(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    one: &[Expr],
    op: &BinaryOperator,
    other: &[Expr],
    span: Range<usize>,
) -> Typed {
    if one.len() != other.len() {
        return r.refuse(span, format!("rows of {} and {} values cannot be compared", one.len(), other.len()));
    }
    let mut nullable = false;
    for (left, right) in one.iter().zip(other) {
        let (left, right) = (r.placed(scope, left), r.placed(scope, right));
        nullable |= r.typing.operator(&mut r.inference, &name(op), &left, &right).nullable;
    }
    Typed::new(BOOL, nullable)
}

pub(crate) fn name(op: &BinaryOperator) -> String {
    match op {
        BinaryOperator::PGCustomBinaryOperator(parts) => parts.last().cloned().unwrap_or_default(),
        BinaryOperator::NotEq => "<>".to_owned(),
        other => other.to_string(),
    }
}
