//! The expressions that are functions with words between their arguments (`substring(a FROM b)`). What is none is handed on.

use std::ops::Range;

use sqlparser::ast::{CeilFloorKind, DateTimeField, Expr, TrimWhereField};

use crate::resolve::expr::{call, composite};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::typing::value::Typed;

/// The forms that are functions with words between their arguments.
pub(crate) fn keyword_call(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
    match expr {
        Expr::Extract { expr, .. } if r.dialect.expr().extract => {
            let inner = r.placed(scope, expr);
            r.typing.extract(&mut r.inference, inner, span)
        }
        Expr::Position { expr, r#in } if r.dialect.expr().position_in => {
            let (needle, hay) = (r.placed(scope, expr), r.placed(scope, r#in));
            call::named_call(r, "position", vec![hay, needle], span)
        }
        Expr::Substring { expr, substring_from, substring_for, .. } => {
            let mut arguments = vec![r.placed(scope, expr)];
            for part in substring_from.iter().chain(substring_for) {
                arguments.push(r.placed(scope, part));
            }
            call::named_call(r, "substring", arguments, span)
        }
        Expr::Trim { trim_where, trim_what, expr, trim_characters } => {
            let mut arguments = vec![r.placed(scope, expr)];
            for part in trim_what.iter().map(AsRef::as_ref).chain(trim_characters.iter().flatten()) {
                arguments.push(r.placed(scope, part));
            }
            let name = match trim_where {
                Some(TrimWhereField::Leading) => "ltrim",
                Some(TrimWhereField::Trailing) => "rtrim",
                Some(TrimWhereField::Both) | None => r.dialect.expr().trim,
            };
            call::named_call(r, name, arguments, span)
        }
        Expr::Overlay { expr, overlay_what, overlay_from, overlay_for } if r.dialect.expr().overlay => {
            let mut arguments = Vec::new();
            for part in [expr, overlay_what, overlay_from].into_iter().chain(overlay_for) {
                arguments.push(r.placed(scope, part));
            }
            call::named_call(r, "overlay", arguments, span)
        }
        Expr::AtTimeZone { timestamp, time_zone } if r.dialect.expr().at_time_zone => {
            let (zone, time) = (r.placed(scope, time_zone), r.placed(scope, timestamp));
            call::named_call(r, "timezone", vec![zone, time], span)
        }
        Expr::Ceil { expr, field } if is_plain(field) => {
            let argument = r.placed(scope, expr);
            call::named_call(r, "ceil", vec![argument], span)
        }
        Expr::Floor { expr, field } if is_plain(field) => {
            let argument = r.placed(scope, expr);
            call::named_call(r, "floor", vec![argument], span)
        }
        _ => composite::composite(r, scope, expr, span),
    }
}

fn is_plain(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(DateTimeField::NoDateTime))
}
