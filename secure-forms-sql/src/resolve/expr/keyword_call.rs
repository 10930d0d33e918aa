//! The expressions that are functions with words between their arguments (`substring(a FROM b)`), and the accesses into
//! arrays and documents.

use std::ops::Range;

use sqlparser::ast::{AccessExpr, Expr, Subscript, TrimWhereField};

use crate::problem::Problem;
use crate::resolve::expr::call;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::{INT4, INTERVAL, Ty};
use crate::typing::value::{Placed, Typed};

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
        Expr::Array(array) if r.dialect.expr().arrays => {
            let items: Vec<Placed> = array.elem.iter().map(|item| r.placed(scope, item)).collect();
            if items.is_empty() {
                return Typed::new(Ty::Any, false);
            }
            let cells: Vec<_> = items.iter().map(|(typed, span)| (typed, span.clone())).collect();
            let element = r.typing.unify(&mut r.inference, &cells, "ARRAY");
            let element = r.typing.text_if_open(&mut r.inference, element, span);
            Typed::new(element.ty.array(), false)
        }
        Expr::Interval(interval)
            if r.dialect.expr().interval_of_text && !matches!(interval.value.as_ref(), Expr::Value(_)) =>
        {
            let problem = Problem::new(span, "INTERVAL takes text in quotes");
            r.report(problem.help("write `make_interval(days => …)` or `…::interval`"));
            Typed::any()
        }
        Expr::Interval(interval) if r.dialect.expr().interval => {
            r.expr(scope, &interval.value);
            Typed::new(INTERVAL, false)
        }
        Expr::CompoundFieldAccess { root, access_chain } if r.dialect.expr().arrays => {
            subscripts(r, scope, root, access_chain, span)
        }
        Expr::Prefixed { value, .. } if r.dialect.expr().charset_prefix => r.expr(scope, value),
        Expr::MatchAgainst { .. } if r.dialect.expr().match_against => {
            r.cannot_judge(span, "MATCH … AGAINST is not checked")
        }
        _ => r.cannot_judge(span, format!("this expression is not checked for {}", r.dialect)),
    }
}

fn subscripts(r: &mut Resolver<'_>, scope: &Scope<'_>, root: &Expr, chain: &[AccessExpr], span: Range<usize>) -> Typed {
    let mut current = r.expr(scope, root);
    let mut sliced = false;
    for access in chain {
        match access {
            AccessExpr::Subscript(Subscript::Index { index }) => {
                let (index, at) = r.placed(scope, index);
                if current.ty.is("jsonb") {
                    continue;
                }
                r.typing.assign(&mut r.inference, &index, &INT4, at, "a subscript");
            }
            AccessExpr::Subscript(Subscript::Slice { lower_bound, upper_bound, stride: None }) => {
                sliced = true;
                for bound in lower_bound.iter().chain(upper_bound) {
                    let (index, at) = r.placed(scope, bound);
                    r.typing.assign(&mut r.inference, &index, &INT4, at, "a subscript");
                }
            }
            _ => return r.cannot_judge(span, "this access is not checked"),
        }
    }
    current.from = None;
    current.nullable = true;
    match (current.ty.element(), sliced) {
        (Some(element), false) => Typed { ty: element, ..current },
        (Some(_), true) => current,
        (None, _) if current.ty.is("jsonb") || current.ty == Ty::Any => current,
        (None, _) => r.refuse(span, format!("{} cannot be subscripted", current.ty)),
    }
}
