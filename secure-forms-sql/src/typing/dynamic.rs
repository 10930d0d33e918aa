//! Types as SQLite and MariaDB treat them: any value goes anywhere, so a type is never a reason to refuse. It says what
//! comes out, and what a parameter is used as.

use std::ops::Range;

use crate::types::{self, BOOL, FLOAT8, INT2, INT4, INT8, NUMERIC, TEXT, Ty};
use crate::typing::inference::Inference;
use crate::typing::value::{Placed, Typed};

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

fn wider(one: &Ty, other: &Ty) -> Ty {
    let integers = [INT2, INT4, INT8];
    let rank = |ty: &Ty| integers.iter().position(|own| own == ty);
    match (rank(one), rank(other)) {
        (Some(a), Some(b)) => integers.get(a.max(b)).cloned().unwrap_or(Ty::Any),
        _ if [one, other].iter().all(|ty| [INT2, INT4, INT8, NUMERIC].contains(ty)) => NUMERIC,
        _ => Ty::Any,
    }
}
