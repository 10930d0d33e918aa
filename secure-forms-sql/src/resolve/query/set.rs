//! Set operations and VALUES.

use std::ops::Range;

use sqlparser::ast::{SetExpr, SetOperator, SetQuantifier, Values};

use crate::resolve::query::output;
use crate::resolve::relation::Output;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::typing::value::Typed;

pub(crate) fn set_operation(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    left: &SetExpr,
    op: SetOperator,
    quantifier: SetQuantifier,
    right: &SetExpr,
) -> Vec<Output> {
    let plain = matches!(quantifier, SetQuantifier::None | SetQuantifier::All | SetQuantifier::Distinct);
    let all_is_union =
        r.dialect.query().all_of_any_set || op == SetOperator::Union || quantifier == SetQuantifier::None;
    if !plain || !all_is_union || op == SetOperator::Minus {
        r.refuse(r.source.node(right), format!("{} has no such set operation", r.dialect));
    }
    let one = r.body(scope, left);
    let other = r.body(scope, right);
    if one.len() != other.len() {
        if r.is_content() {
            column_counts(r, r.source.node(right), one.len(), other.len());
        }
        return one;
    }
    let all = op == SetOperator::Union && quantifier == SetQuantifier::All;
    one.into_iter()
        .zip(other)
        .map(|(one, other)| {
            let word = if op == SetOperator::Union { "UNION" } else { "a set operation" };
            let joined = r.typing.unify(
                &mut r.inference,
                &[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())],
                word,
            );
            let nullable = if op == SetOperator::Except { one.typed.nullable } else { joined.nullable };
            let mut output = Output { typed: Typed { nullable, ..joined }, ..one };
            output::close(r, &mut output);
            if !all {
                r.typing.groupable(&mut r.inference, &output.typed.ty, output.span.clone());
            }
            output
        })
        .collect()
}

pub(crate) fn column_counts(r: &mut Resolver<'_>, span: Range<usize>, left: usize, right: usize) {
    r.refuse(span, format!("both sides must have as many columns: {left} on the left, {right} on the right"));
}

pub(crate) fn values(r: &mut Resolver<'_>, scope: &Scope<'_>, values: &Values) -> Vec<Output> {
    let scope = scope.within(Clause::Plain("VALUES"));
    let mut columns: Vec<Vec<(Typed, Range<usize>)>> = Vec::new();
    let width = values.rows.first().map_or(0, |row| row.content.len());
    for row in &values.rows {
        if row.content.len() != width {
            let span = r.source.node(row);
            r.refuse(span, "all rows of VALUES must have as many values");
            return Vec::new();
        }
        for (at, value) in row.content.iter().enumerate() {
            let cell = r.placed(&scope, value);
            match columns.get_mut(at) {
                Some(column) => column.push(cell),
                None => columns.push(vec![cell]),
            }
        }
    }
    let by_text = r.dialect.query().values_named_by_text;
    let named = |at: usize| match values.rows.first().and_then(|row| row.content.get(at)) {
        Some(value) if by_text => r.source.text(r.source.node(value)).to_owned(),
        _ => format!("column{}", at + 1),
    };
    let names: Vec<String> = (0..width).map(named).collect();
    columns
        .iter()
        .zip(names)
        .map(|(column, name)| {
            let cells: Vec<_> = column.iter().map(|(typed, span)| (typed, span.clone())).collect();
            let span = column.first().map_or(0..0, |(_, span)| span.clone());
            Output { name, typed: r.typing.unify(&mut r.inference, &cells, "VALUES"), span }
        })
        .collect()
}
