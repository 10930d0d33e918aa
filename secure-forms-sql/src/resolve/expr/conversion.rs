//! Values that are asked to be of another type: CAST, CONVERT, `DATE '…'`. What is none is handed on.

use std::ops::Range;

use sqlparser::ast::Expr;

use crate::resolve::expr::keyword_call;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::TEXT;
use crate::typing::postgres;
use crate::typing::value::Typed;

pub(crate) fn conversion(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
    match expr {
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
        _ => keyword_call::keyword_call(r, scope, expr, span),
    }
}
