//! Arrays, intervals and accesses into arrays and documents; and where every other form ends.

use std::ops::Range;

use sqlparser::ast::{AccessExpr, Expr, Subscript};

use crate::problem::Problem;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::types::{INT4, INTERVAL, Ty};
use crate::typing::value::{Placed, Typed};

pub(crate) fn composite(r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr, span: Range<usize>) -> Typed {
    match expr {
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
