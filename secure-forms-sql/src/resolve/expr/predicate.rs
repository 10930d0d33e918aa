//! Predicates with words of their own: IS, BETWEEN, LIKE and its kin. What is none is handed on.

use std::ops::Range;

use sqlparser::ast::Expr;

use crate::resolve::expr::{conversion, operator};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::BOOL;
use crate::typing::value::Typed;

pub(crate) fn predicate(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
    let rules = r.dialect.expr();
    match expr {
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
            if !rules.is_distinct_from {
                return r.refuse(span, format!("{} has no IS DISTINCT FROM", r.dialect));
            }
            let (left, right) = (r.placed(scope, left), r.placed(scope, right));
            r.typing.operator(&mut r.inference, "=", &left, &right);
            Typed::new(BOOL, false)
        }
        Expr::Between { expr, low, high, .. } => {
            let (value, low, high) = (r.placed(scope, expr), r.placed(scope, low), r.placed(scope, high));
            let above = r.typing.operator(&mut r.inference, ">=", &value, &low);
            let below = r.typing.operator(&mut r.inference, "<=", &value, &high);
            Typed::new(BOOL, above.nullable || below.nullable)
        }
        Expr::Like { expr, pattern, escape_char, any: false, .. } => {
            operator::like(r, scope, "~~", expr, pattern, escape_char.as_deref())
        }
        Expr::ILike { expr, pattern, escape_char, any: false, .. } if rules.ilike => {
            operator::like(r, scope, "~~*", expr, pattern, escape_char.as_deref())
        }
        Expr::SimilarTo { expr, pattern, escape_char, .. } if rules.similar_to => {
            operator::like(r, scope, "~", expr, pattern, escape_char.as_deref())
        }
        Expr::RLike { expr, pattern, .. } if rules.rlike => operator::like(r, scope, "~", expr, pattern, None),
        _ => conversion::conversion(r, scope, expr, span),
    }
}
