//! Values that columns store: parameters take the types of the columns that they are stored in.

use std::ops::Range;

use sqlparser::ast::Expr;

use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::schema::TableColumn;
use crate::typing::value::Typed;

/// A value that a column stores; DEFAULT is one too.
pub(crate) fn stored(r: &mut Resolver<'_>, scope: &Scope<'_>, value: &Expr, column: &TableColumn, overriding: bool) {
    if is_default(value) && r.dialect.write().default_value {
        return;
    }
    let typed = r.expr(scope, value);
    store(r, &typed, r.source.node(value), column, overriding);
}

pub(crate) fn store(r: &mut Resolver<'_>, typed: &Typed, span: Range<usize>, column: &TableColumn, overriding: bool) {
    if column.generated && !overriding {
        let message = format!("column `{}` is computed and cannot be written", column.name);
        // MariaDB refuses it when the statement runs.
        if r.dialect.write().computed_refused {
            r.refuse(span.clone(), message);
        }
    }
    if column.nullable
        && let Some(number) = typed.param
    {
        r.inference.parameters.allow_null(number);
    }
    r.typing.assign(&mut r.inference, typed, &column.sql, span, &format!("column `{}`", column.name));
}

fn is_default(value: &Expr) -> bool {
    matches!(value, Expr::Identifier(ident) if ident.quote_style.is_none() && ident.value.eq_ignore_ascii_case("default"))
}
