//! What is read off an expression without a schema: conditions and numbers of constants alone, sub-queries that are one expression.

use sqlparser::ast::{BinaryOperator, Expr, Query, Select, SelectItem, SetExpr, UnaryOperator, Value};

/// Whether this is NULL, written out.
pub(super) fn is_null(expr: &Expr) -> bool {
    match expr {
        Expr::Nested(inner) => is_null(inner),
        Expr::Value(own) => own.value == Value::Null,
        _ => false,
    }
}

/// What a condition of constants alone is; NULL counts as false.
pub(super) fn truth(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Nested(inner) => truth(inner),
        Expr::Value(own) => match &own.value {
            Value::Boolean(truth) => Some(*truth),
            Value::Null => Some(false),
            Value::Number(..) => number(expr).map(|number| number != 0.0),
            _ => None,
        },
        Expr::Identifier(ident) if ident.quote_style.is_none() => match ident.value.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        Expr::UnaryOp { op: UnaryOperator::Not, expr } if !is_null(expr) => truth(expr).map(|truth| !truth),
        Expr::BinaryOp { left, op, right } => {
            let (left, right) = (number(left)?, number(right)?);
            match op {
                BinaryOperator::Eq => Some(left == right),
                BinaryOperator::NotEq => Some(left != right),
                BinaryOperator::Lt => Some(left < right),
                BinaryOperator::LtEq => Some(left <= right),
                BinaryOperator::Gt => Some(left > right),
                BinaryOperator::GtEq => Some(left >= right),
                _ => None,
            }
        }
        _ => None,
    }
}

fn number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Nested(inner) => number(inner),
        Expr::UnaryOp { op: UnaryOperator::Minus, expr } => number(expr).map(|number| -number),
        Expr::UnaryOp { op: UnaryOperator::Plus, expr } => number(expr),
        Expr::Value(own) => match &own.value {
            Value::Number(digits, _) => digits.replace('_', "").parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// SQLite chooses keys from 1 on ("ROWIDs and the INTEGER PRIMARY KEY").
pub(super) fn is_below_keys(expr: &Expr) -> bool {
    number(expr).is_some_and(|number| number <= 0.0)
}

/// The expression of a query that is nothing but it: `(SELECT id)`.
pub(super) fn single(query: &Query) -> Option<&Expr> {
    let SetExpr::Select(select) = query.body.as_ref() else { return None };
    let Select { projection, from, selection: None, .. } = select.as_ref() else { return None };
    match projection.as_slice() {
        [SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. }] if from.is_empty() => Some(expr),
        _ => None,
    }
}
