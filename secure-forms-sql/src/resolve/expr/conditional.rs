//! CASE and sub-queries that are one value.

use std::ops::Range;

use sqlparser::ast::{CaseWhen, Expr, GroupByExpr, Query, SetExpr};

use crate::resolve::expr::{aggregate, membership};
use crate::resolve::relation::Output;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::typing::value::Typed;

pub(crate) fn case(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    operand: Option<&Expr>,
    conditions: &[CaseWhen],
    else_result: Option<&Expr>,
    span: Range<usize>,
) -> Typed {
    // An operand without a type gets one before any WHEN is looked at.
    let operand = operand.map(|operand| {
        let (typed, span) = r.placed(scope, operand);
        (r.typing.text_if_open(&mut r.inference, typed, span.clone()), span)
    });
    let mut results = Vec::new();
    for when in conditions {
        match &operand {
            Some(operand) => {
                let value = r.placed(scope, &when.condition);
                r.typing.operator(&mut r.inference, "=", operand, &value);
            }
            None => r.condition(scope, &when.condition, "WHEN"),
        }
        results.push(r.placed(scope, &when.result));
    }
    if let Some(result) = else_result {
        // PostgreSQL looks at ELSE first when it chooses the common type.
        results.insert(0, r.placed(scope, result));
    }
    let cells: Vec<_> = results.iter().map(|(typed, span)| (typed, span.clone())).collect();
    if cells.is_empty() {
        return r.refuse(span, "CASE needs a WHEN");
    }
    let typed = r.typing.unify(&mut r.inference, &cells, "CASE").nullable_if(else_result.is_none());
    r.typing.text_if_open(&mut r.inference, typed, span)
}

pub(crate) fn scalar(r: &mut Resolver<'_>, scope: &Scope<'_>, query: &Query, span: Range<usize>) -> Typed {
    let outputs = r.query(&scope.inner(), query);
    let [Output { typed, .. }] = outputs.as_slice() else { return membership::wrong_width(r, span, 1, outputs.len()) };
    // No row gives NULL, except that an aggregate without GROUP BY always gives one.
    let always = is_whole_aggregate(r, query);
    let typed = Typed { from: None, literal: None, ..typed.clone().nullable_if(!always) };
    r.typing.text_if_open(&mut r.inference, typed, span)
}

fn is_whole_aggregate(r: &Resolver<'_>, query: &Query) -> bool {
    let SetExpr::Select(select) = query.body.as_ref() else { return false };
    let ungrouped = matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty());
    ungrouped
        && select.having.is_none()
        && query.limit_clause.is_none()
        && aggregate::list_aggregates(r, &select.projection)
}
