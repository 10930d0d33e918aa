//! IN, ANY and ALL, and rows that are compared with a sub-query.

use std::ops::Range;

use sqlparser::ast::{BinaryOperator, Expr, InTarget, Query};

use crate::resolve::expr::comparison;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::BOOL;
use crate::typing::value::{Placed, Typed};

pub(crate) fn row_and_query(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    items: &[Expr],
    op: &BinaryOperator,
    query: &Query,
) -> Typed {
    let row: Vec<Placed> = items.iter().map(|item| r.placed(scope, item)).collect();
    let outputs = r.query(&scope.inner(), query);
    if outputs.len() != row.len() {
        let span = row.first().map_or(0..0, |(_, span)| span.clone());
        return wrong_width(r, span, row.len(), outputs.len());
    }
    for (left, right) in row.iter().zip(outputs) {
        r.typing.operator(&mut r.inference, &comparison::name(op), left, &(right.typed, right.span));
    }
    Typed::new(BOOL, true)
}

pub(crate) fn in_target(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr, target: &InTarget) -> Typed {
    match target {
        InTarget::List(items) => {
            if items.is_empty() && !r.dialect.expr().empty_in {
                return r.refuse(r.source.node(expr), "IN () needs a value");
            }
            if let Expr::Tuple(columns) = expr {
                return in_rows(r, scope, columns, items);
            }
            let value = r.placed(scope, expr);
            let mut nullable = value.0.nullable;
            for item in items {
                let item = r.placed(scope, item);
                nullable |= r.typing.operator(&mut r.inference, "=", &value, &item).nullable;
            }
            Typed::new(BOOL, nullable)
        }
        InTarget::Subquery(query) => {
            let span = r.source.node(expr);
            let left: Vec<Placed> = match expr {
                Expr::Tuple(items) => items.iter().map(|item| r.placed(scope, item)).collect(),
                _ => vec![r.placed(scope, expr)],
            };
            let inner = scope.inner();
            let outputs = r.query(&inner, query);
            if outputs.len() != left.len() {
                return wrong_width(r, span, left.len(), outputs.len());
            }
            let mut nullable = false;
            for (left, right) in left.iter().zip(outputs) {
                nullable |= r.typing.operator(&mut r.inference, "=", left, &(right.typed, right.span)).nullable;
            }
            Typed::new(BOOL, nullable)
        }
        InTarget::Unnest(_) | InTarget::Table { .. } => {
            r.cannot_judge(r.source.node(expr), "this form of IN is not checked")
        }
    }
}

fn in_rows(r: &mut Resolver<'_>, scope: &Scope<'_>, columns: &[Expr], items: &[Expr]) -> Typed {
    let mut nullable = false;
    for item in items {
        let span = r.source.node(item);
        let Expr::Tuple(values) = item else { return r.refuse(span, "a row is compared with rows") };
        nullable |= comparison::rows(r, scope, columns, &BinaryOperator::Eq, values, span).nullable;
    }
    Typed::new(BOOL, nullable)
}

pub(crate) fn quantified(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    left: &Expr,
    op: &BinaryOperator,
    right: &Expr,
) -> Typed {
    let left = r.placed(scope, left);
    let name = comparison::name(op);
    let span = r.source.node(right);
    let query = match right {
        Expr::Subquery(query) => Some(query),
        Expr::Nested(inner) => match inner.as_ref() {
            Expr::Subquery(query) => Some(query),
            _ => None,
        },
        _ => None,
    };
    if let Some(query) = query {
        if !r.dialect.expr().quantified {
            return r.refuse(span, format!("{} has no ANY and ALL", r.dialect));
        }
        let outputs = r.query(&scope.inner(), query);
        let [output] = outputs.as_slice() else { return wrong_width(r, span, 1, outputs.len()) };
        return r.typing.operator(&mut r.inference, &name, &left, &(output.typed.clone(), output.span.clone()));
    }
    if !r.dialect.expr().arrays {
        return r.refuse(span, format!("{} has no arrays", r.dialect));
    }
    let array = r.placed(scope, right);
    r.typing.array_operator(&mut r.inference, &name, &left, &array)
}

pub(crate) fn wrong_width(r: &mut Resolver<'_>, span: Range<usize>, wanted: usize, found: usize) -> Typed {
    if !r.is_content() {
        return Typed::any();
    }
    r.refuse(span, format!("the sub-query returns {found} columns where {wanted} is wanted"))
}
