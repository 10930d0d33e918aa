//! Operators: which of those of a name is meant (10.2), and what it gives.

use std::ops::Range;

use super::catalogue::catalogue;
use super::choose::{Choice, choose};
use super::convert::{has_foreign_type, take};
use crate::problem::Problem;
use crate::types::{BOOL, TEXT, Ty};
use crate::typing::inference::Inference;
use crate::typing::value::{Placed, Typed};

pub(super) fn operator(inference: &mut Inference<'_>, name: &str, left: Option<&Placed>, right: &Placed) -> Typed {
    resolved_operator(inference, name, left, right).0
}

pub(super) fn left_operand(inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Ty {
    resolved_operator(inference, name, Some(left), right).1.unwrap_or(Ty::Any)
}

/// What an operator gives, and the type that its first operand is used as.
fn resolved_operator(
    inference: &mut Inference<'_>,
    name: &str,
    left: Option<&Placed>,
    right: &Placed,
) -> (Typed, Option<Ty>) {
    let operands: Vec<&Placed> = left.into_iter().chain([right]).collect();
    let nullable = operands.iter().any(|(typed, _)| typed.nullable) || may_be_null(name, &operands);
    let span = operands.first().map_or(0, |(_, span)| span.start)..right.1.end;
    if operands.iter().any(|(typed, _)| typed.ty == Ty::Any || typed.ty.is("record")) {
        return (operator_on_unknown(inference, name, &operands, nullable), None);
    }
    let own: Vec<_> = catalogue().operators(name).iter().filter(|own| own.left.is_some() == left.is_some()).collect();
    if own.is_empty() {
        return (inference.cannot_judge(span, format!("the operator `{name}` is not checked")), None);
    }
    let lists: Vec<Vec<Ty>> =
        own.iter().map(|own| own.left.iter().cloned().chain([own.right.clone()]).collect()).collect();
    let actual: Vec<Ty> = operands.iter().map(|(typed, _)| inference.schema.base_type(&typed.ty)).collect();
    // Rule 10.2 2.a: one open operand beside a settled one is first tried as the same type.
    let same = match actual.as_slice() {
        [Ty::Open, other] | [other, Ty::Open] if other.is_settled() => {
            lists.iter().position(|declared| declared.iter().all(|ty| ty == other))
        }
        _ => None,
    };
    let choice = same.map_or_else(|| choose(inference.schema, &lists, &actual), Choice::One);
    let Choice::One(at) = choice else {
        return (no_operator(inference, name, &actual, choice == Choice::Ambiguous, span), None);
    };
    let (Some(declared), Some(operator)) = (lists.get(at), own.get(at)) else { return (Typed::any(), None) };
    match inference.schema.resolve_polymorphic(declared, &actual, &operator.result) {
        Some((declared, result)) => {
            for ((typed, span), ty) in operands.iter().zip(&declared) {
                take(inference, typed, ty, span.clone());
            }
            (Typed::new(result, nullable), declared.first().cloned())
        }
        None => (no_operator(inference, name, &actual, false, span), None),
    }
}

/// Nothing is known about one side, or it is a row: the other is used as what it is, and comparisons are boolean.
fn operator_on_unknown(inference: &mut Inference<'_>, name: &str, operands: &[&Placed], nullable: bool) -> Typed {
    for (typed, _) in operands {
        if let Some(number) = typed.param
            && typed.ty == Ty::Open
        {
            inference.parameters.settle(number, &Ty::Any);
        }
    }
    let boolean = matches!(name, "=" | "<>" | "<" | ">" | "<=" | ">=") || name.contains("~~");
    // A row with a NULL in it is not NULL, but its comparison may be.
    let row = operands.iter().any(|(typed, _)| typed.ty.is("record"));
    Typed::new(if boolean { BOOL } else { Ty::Any }, nullable || row || !boolean)
}

fn no_operator(inference: &mut Inference<'_>, name: &str, actual: &[Ty], ambiguous: bool, span: Range<usize>) -> Typed {
    let signature = match actual {
        [left, right] => format!("{left} {name} {right}"),
        [right] => format!("{name} {right}"),
        _ => name.to_owned(),
    };
    if has_foreign_type(inference, actual) {
        return inference.cannot_judge(span, format!("the operator {signature} is not checked"));
    }
    if ambiguous {
        let problem = Problem::new(span, format!("the operator {signature} is not unique"));
        inference.report(problem.help("say the type: `$1::text`"));
        return Typed::any();
    }
    let problem = Problem::new(span, format!("no operator {signature}"));
    inference.report(problem.help("cast one side to the type of the other"));
    Typed::any()
}

pub(super) fn array_operator(inference: &mut Inference<'_>, name: &str, left: &Placed, array: &Placed) -> Typed {
    let element = match &array.0.ty {
        Ty::Open => {
            let element = if left.0.ty == Ty::Open { TEXT } else { inference.schema.base_type(&left.0.ty) };
            take(inference, &array.0, &element.array(), array.1.clone());
            element
        }
        Ty::Any => Ty::Any,
        ty => match inference.schema.base_type(ty).element() {
            Some(element) => element,
            None => {
                let problem = Problem::new(array.1.clone(), format!("ANY takes an array, not {ty}"));
                inference.report(problem.help("cast it to an array: `$1::int[]`"));
                return Typed::any();
            }
        },
    };
    let element = (Typed::new(element, false), array.1.clone());
    let result = operator(inference, name, Some(left), &element);
    // An element may be NULL whatever the array is.
    Typed::new(result.ty, true)
}

const SHAPES: [&str; 7] = ["point", "lseg", "line", "box", "path", "polygon", "circle"];

/// Operators that give NULL for values that are none.
fn may_be_null(name: &str, operands: &[&Placed]) -> bool {
    let json = operands.first().is_some_and(|(typed, _)| typed.ty.is("json") || typed.ty.is("jsonb"));
    // Paths that are closed cannot be joined, and lines that do not meet have no common point.
    let geometric = |typed: &Typed| matches!(&typed.ty, Ty::Named(name) if SHAPES.contains(&name.as_ref()));
    matches!(name, "->" | "->>" | "#>" | "#>>")
        || (json && matches!(name, "@?" | "@@"))
        || (matches!(name, "#" | "##" | "+") && operands.iter().any(|(typed, _)| geometric(typed)))
}
