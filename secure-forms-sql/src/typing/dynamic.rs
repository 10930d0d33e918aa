//! Types as SQLite and MariaDB treat them: any value goes anywhere, so a type is never a reason to refuse. It says what
//! comes out, and what a parameter is used as.

use std::ops::Range;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::types::{self, BOOL, FLOAT8, INT2, INT4, INT8, NUMERIC, TEXT, Ty};
use crate::typing::Typing;
use crate::typing::call::{Call, Role};
use crate::typing::conditional::conditional;
use crate::typing::functions::{self, Arity, Nulls, Result as Returns};
use crate::typing::inference::Inference;
use crate::typing::value::{Placed, Typed};
use secure_forms_core::nearest::nearest;

/// Gives a parameter whose type is open the type of what it meets.
pub(super) fn hint(inference: &mut Inference<'_>, typed: Typed, ty: &Ty) -> Typed {
    if typed.ty == Ty::Open
        && let Some(number) = typed.param
        && ty.is_settled()
    {
        inference.parameters.settle(number, ty);
        return Typed { ty: ty.clone(), ..typed };
    }
    typed
}

pub(super) fn hint_both(inference: &mut Inference<'_>, left: &Placed, right: &Placed) {
    hint(inference, left.0.clone(), &right.0.ty);
    hint(inference, right.0.clone(), &left.0.ty);
}

/// The operators that SQLite and MariaDB have in common.
pub(super) fn operator(inference: &mut Inference<'_>, name: &str, left: &Placed, right: &Placed) -> Typed {
    let nullable = left.0.nullable || right.0.nullable;
    match name {
        "=" | "<>" | "<" | ">" | "<=" | ">=" | "==" => {
            hint_both(inference, left, right);
            Typed::new(BOOL, nullable)
        }
        "~~" | "~" => {
            hint_texts(inference, left, right);
            Typed::new(BOOL, nullable)
        }
        "+" | "-" | "*" => Typed::new(arithmetic(inference, left, right), nullable),
        // Division by zero is NULL.
        "DIV" => Typed::new(INT8, true),
        "/" | "%" | "MOD" => Typed::new(arithmetic(inference, left, right), true),
        "&" | "|" | "<<" | ">>" | "^" => {
            hint(inference, left.0.clone(), &INT8);
            hint(inference, right.0.clone(), &INT8);
            Typed::new(INT8, nullable)
        }
        "->>" => {
            hint(inference, right.0.clone(), &TEXT);
            // SQLite gives the JSON value's own type.
            Typed::new(Ty::Any, true)
        }
        _ => {
            let message = format!("{} has no operator `{name}`", inference.dialect);
            inference.refuse(left.1.start..right.1.end.max(left.1.end), message)
        }
    }
}

/// What the left side of an operator is used as, once its type was hinted at.
pub(super) fn used_as(left: &Placed) -> Ty {
    if left.0.ty == Ty::Open { TEXT } else { left.0.ty.clone() }
}

/// Both sides are text, or a parameter becomes it.
pub(super) fn hint_texts(inference: &mut Inference<'_>, left: &Placed, right: &Placed) {
    hint(inference, right.0.clone(), &TEXT);
    hint(inference, left.0.clone(), &TEXT);
}

pub(super) fn arithmetic(inference: &mut Inference<'_>, left: &Placed, right: &Placed) -> Ty {
    hint_both(inference, left, right);
    let class = |ty: &Ty| {
        if [INT2, INT4, INT8, BOOL].contains(ty) {
            Some(0)
        } else if *ty == NUMERIC {
            Some(1)
        } else if [FLOAT8, types::FLOAT4].contains(ty) {
            Some(2)
        } else {
            None
        }
    };
    let one = |placed: &Placed| if placed.0.ty == Ty::Open { None } else { class(&placed.0.ty) };
    match (one(left), one(right)) {
        (Some(a), Some(b)) => match a.max(b) {
            0 => INT8,
            1 => NUMERIC,
            _ => FLOAT8,
        },
        // A parameter takes the type of what it is added to, an integer beside an integer.
        (Some(a), None) if right.0.param.is_some() => [INT8, NUMERIC, FLOAT8].get(a).cloned().unwrap_or(Ty::Any),
        (None, Some(b)) if left.0.param.is_some() => [INT8, NUMERIC, FLOAT8].get(b).cloned().unwrap_or(Ty::Any),
        _ => Ty::Any,
    }
}

pub(super) fn prefix(inference: &mut Inference<'_>, name: &str, inner: &Placed) -> Typed {
    let nullable = inner.0.nullable;
    match name {
        "~" => {
            hint(inference, inner.0.clone(), &INT8);
            Typed::new(INT8, nullable)
        }
        "-" | "+" => {
            let ty = match &inner.0.ty {
                ty if [INT2, INT4, INT8, BOOL].contains(ty) => INT8,
                ty if [NUMERIC, FLOAT8, types::FLOAT4].contains(ty) => ty.clone(),
                _ => Ty::Any,
            };
            Typed::new(ty, nullable)
        }
        _ => inference.refuse(inner.1.clone(), format!("{} has no operator `{name}`", inference.dialect)),
    }
}

/// The type of values that meet in one column: the same one, or the wider number, or nobody knows.
pub(super) fn unify(inference: &mut Inference<'_>, cells: &[(&Typed, Range<usize>)]) -> Typed {
    let mut ty = Ty::Open;
    for (typed, _) in cells {
        ty = match (&ty, &typed.ty) {
            (_, Ty::Open) => ty,
            (Ty::Open, other) => other.clone(),
            (one, other) if one == other => ty,
            (one, other) => wider(one, other),
        };
    }
    for (typed, _) in cells {
        hint(inference, (*typed).clone(), &ty);
    }
    let first = cells.first().map(|(typed, _)| (*typed).clone()).unwrap_or_else(Typed::any);
    let same = cells.len() == 1;
    Typed {
        ty,
        nullable: cells.iter().any(|(typed, _)| typed.nullable),
        param: if same { first.param } else { None },
        from: if same { first.from } else { None },
        column: None,
        literal: None,
    }
}

pub(super) fn call(typing: &dyn Typing, inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed {
    if let Some(typed) = conditional(typing, inference, call) {
        return typed;
    }
    if call.counts() {
        return Typed::new(INT8, false);
    }
    if call.namespace.is_some() || inference.schema.functions.contains_key(&call.name) {
        let known = inference.schema.functions.contains_key(&call.name);
        let message = format!("the function `{}` is not checked", call.name);
        return if known || inference.unsure() {
            inference.cannot_judge(call.span.clone(), message)
        } else {
            inference.refuse(call.span.clone(), format!("no function `{}`", call.name))
        };
    }
    let count = call.arguments.len();
    if inference.dialect == Dialect::Sqlite && call.name == "likelihood" {
        return inference.cannot_judge(call.span.clone(), "the probability of `likelihood` is not checked");
    }
    let Some(entry) = functions::of(inference.dialect, &call.name, count) else { return no_function(inference, call) };
    debug_assert_eq!(entry.role, role, "a name has one role for each number of arguments");
    let arguments: Vec<&Typed> = call.arguments.iter().map(|(_, (typed, _))| typed).collect();
    let ty = match &entry.result {
        Returns::Of(ty) => ty.clone(),
        Returns::Argument(at) => arguments.get(*at).map_or(Ty::Any, |typed| typed.ty.clone()),
        Returns::Number => match arguments.first().map(|typed| &typed.ty) {
            Some(ty) if [INT2, INT4, INT8, BOOL].contains(ty) => INT8,
            Some(ty) if [FLOAT8, types::FLOAT4, NUMERIC].contains(ty) => ty.clone(),
            _ => Ty::Any,
        },
        Returns::Sum => match arguments.first().map(|typed| &typed.ty) {
            Some(ty) if [INT2, INT4, INT8, BOOL].contains(ty) && inference.dialect == Dialect::Sqlite => INT8,
            Some(ty) if [INT2, INT4, INT8, BOOL, NUMERIC].contains(ty) && inference.dialect == Dialect::Mysql => {
                NUMERIC
            }
            Some(ty) if [FLOAT8, types::FLOAT4].contains(ty) => FLOAT8,
            _ => Ty::Any,
        },
    };
    let nullable = match entry.nulls {
        Nulls::Never => false,
        Nulls::Arguments => arguments.iter().any(|typed| typed.nullable) || cuts_bytes(call, &arguments),
        Nulls::Maybe => true,
    };
    for (at, (_, (typed, _))) in call.arguments.iter().enumerate() {
        if let Some(ty) = entry.parameters.get(at).or(entry.parameters.last()) {
            hint(inference, typed.clone(), ty);
        }
    }
    let ty = if ty == Ty::Open { Ty::Any } else { ty };
    Typed::new(ty, nullable)
}

fn no_function(inference: &mut Inference<'_>, call: &Call) -> Typed {
    let arities = functions::arities(inference.dialect, &call.name);
    if !arities.is_empty() {
        let wanted: Vec<String> = arities.iter().map(Arity::to_string).collect();
        let message = format!("`{}` takes {} arguments, not {}", call.name, wanted.join(" or "), call.arguments.len());
        return inference.refuse(call.span.clone(), message);
    }
    let near = nearest(&call.name, functions::names(inference.dialect)).map(|name| format!("did you mean `{name}`?"));
    let message = format!("no function `{}`", call.name);
    // MariaDB has hundreds that are not in our table, and both can be extended.
    let certain = inference.dialect == Dialect::Sqlite && !inference.unsure();
    let problem = if certain { Problem::new } else { Problem::cannot_judge };
    let problem = problem(call.span.clone(), message).maybe_help(near);
    inference.report(problem);
    Typed::any()
}

/// SQLite: a piece of an empty blob is NULL.
fn cuts_bytes(call: &Call, arguments: &[&Typed]) -> bool {
    matches!(call.name.as_str(), "substr" | "substring")
        && arguments.first().is_some_and(|typed| typed.ty == types::BYTEA || typed.ty == Ty::Any)
}

fn wider(one: &Ty, other: &Ty) -> Ty {
    let integers = [INT2, INT4, INT8];
    let rank = |ty: &Ty| integers.iter().position(|own| own == ty);
    match (rank(one), rank(other)) {
        (Some(a), Some(b)) => integers.get(a.max(b)).cloned().unwrap_or(Ty::Any),
        _ if [one, other].iter().all(|ty| [INT2, INT4, INT8, NUMERIC].contains(ty)) => NUMERIC,
        _ => Ty::Any,
    }
}
