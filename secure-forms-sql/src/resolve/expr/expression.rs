//! Expressions: what each form of the grammar is made of, and what comes out. Which operators and conversions exist is
//! the dialect's business: PostgreSQL refuses, the others only hint.

use sqlparser::ast::{CeilFloorKind, Expr, Value, ValueWithSpan};

use crate::resolve::expr::{call, column, conditional, keyword_call, membership, operator};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::{BOOL, TEXT, Ty};
use crate::typing::postgres;
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
        Expr::IsNull(inner) | Expr::IsNotNull(inner) => {
            // It gives a parameter no type; another use may.
            r.expr(scope, inner);
            Typed::new(BOOL, false)
        }
        Expr::IsTrue(inner)
        | Expr::IsNotTrue(inner)
        | Expr::IsFalse(inner)
        | Expr::IsNotFalse(inner)
        | Expr::IsUnknown(inner)
        | Expr::IsNotUnknown(inner) => {
            r.condition(scope, inner, "IS");
            Typed::new(BOOL, false)
        }
        Expr::IsDistinctFrom(left, right) | Expr::IsNotDistinctFrom(left, right) => {
            if !r.dialect.expr().is_distinct_from {
                return r.refuse(span, format!("{} has no IS DISTINCT FROM", r.dialect));
            }
            let (left, right) = (r.placed(scope, left), r.placed(scope, right));
            r.typing.operator(&mut r.inference, "=", &left, &right);
            Typed::new(BOOL, false)
        }
        Expr::In { expr, target, .. } => membership::in_target(r, scope, expr, target),
        Expr::Between { expr, low, high, .. } => {
            let (value, low, high) = (r.placed(scope, expr), r.placed(scope, low), r.placed(scope, high));
            let above = r.typing.operator(&mut r.inference, ">=", &value, &low);
            let below = r.typing.operator(&mut r.inference, "<=", &value, &high);
            Typed::new(BOOL, above.nullable || below.nullable)
        }
        Expr::BinaryOp { left, op, right } => operator::binary(r, scope, left, op, right),
        Expr::UnaryOp { op, expr } => operator::unary(r, scope, *op, expr),
        Expr::Like { expr, pattern, escape_char, any: false, .. } => {
            operator::like(r, scope, "~~", expr, pattern, escape_char.as_deref())
        }
        Expr::ILike { expr, pattern, escape_char, any: false, .. } if r.dialect.expr().ilike => {
            operator::like(r, scope, "~~*", expr, pattern, escape_char.as_deref())
        }
        Expr::SimilarTo { expr, pattern, escape_char, .. } if r.dialect.expr().similar_to => {
            operator::like(r, scope, "~", expr, pattern, escape_char.as_deref())
        }
        Expr::RLike { expr, pattern, .. } if r.dialect.expr().rlike => {
            operator::like(r, scope, "~", expr, pattern, None)
        }
        Expr::AnyOp { left, compare_op, right, .. } | Expr::AllOp { left, compare_op, right } => {
            membership::quantified(r, scope, left, compare_op, right)
        }
        Expr::Cast { expr, data_type, format: None, .. } => {
            let inner = r.placed(scope, expr);
            r.typing.cast(&mut r.inference, &inner, data_type, span)
        }
        Expr::Convert { expr, data_type: Some(data_type), charset: None, .. } if r.dialect.expr().convert => {
            let inner = r.placed(scope, expr);
            r.typing.cast(&mut r.inference, &inner, data_type, span)
        }
        Expr::Convert { expr, charset: Some(_), .. } if r.dialect.expr().convert => {
            let inner = r.expr(scope, expr);
            Typed::new(TEXT, inner.nullable)
        }
        Expr::TypedString(typed) => {
            let ty = r.inference.named_type(&typed.data_type, span.clone());
            if let Some(text) = typed.value.value.clone().into_string() {
                postgres::literal_fits(&mut r.inference, &text, &ty, span);
            }
            Typed::new(ty, !r.dialect.expr().literals_are_read)
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
        Expr::Ceil { expr, field } if is_plain(field) => {
            let argument = r.placed(scope, expr);
            call::named_call(r, "ceil", vec![argument], span)
        }
        Expr::Floor { expr, field } if is_plain(field) => {
            let argument = r.placed(scope, expr);
            call::named_call(r, "floor", vec![argument], span)
        }
        _ => keyword_call::keyword_call(r, scope, expr, span),
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

fn is_plain(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(sqlparser::ast::DateTimeField::NoDateTime))
}
