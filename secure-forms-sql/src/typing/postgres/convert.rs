//! Values that are used as another type: what is open takes it, the rest is converted or refused (10.4, 10.5, 4.2.9).

use std::ops::Range;

use sqlparser::ast::DataType;

use super::catalogue::{Context, is_type};
use super::{coerce, literal};
use crate::problem::Problem;
use crate::schema::declared;
use crate::types::{BOOL, TEXT, Ty};
use crate::typing::inference::Inference;
use crate::typing::value::{Placed, Typed};

pub(super) fn unify(inference: &mut Inference<'_>, cells: &[(&Typed, Range<usize>)], what: &str) -> Typed {
    let nullable = cells.iter().any(|(typed, _)| typed.nullable);
    if let [(typed, _)] = cells {
        return (*typed).clone();
    }
    let types: Vec<Ty> = cells.iter().map(|(typed, _)| typed.ty.clone()).collect();
    match inference.schema.common_type(&types) {
        Ok(ty) => {
            let ty = if ty == Ty::Open { TEXT } else { ty };
            for (typed, span) in cells {
                take(inference, typed, &ty, span.clone());
            }
            Typed::new(ty, nullable)
        }
        Err((one, other)) => {
            let at = cells.iter().position(|(typed, _)| typed.ty == other).or(Some(cells.len().saturating_sub(1)));
            let span = at.and_then(|at| cells.get(at)).map_or(0..0, |(_, span)| span.clone());
            let message = format!("{what} cannot match {one} and {other}");
            if has_foreign_type(inference, &[one, other]) {
                inference.cannot_judge(span, message)
            } else {
                inference.refuse(span, message)
            }
        }
    }
}

/// A value is used as `ty`: a parameter takes the type, a literal must be one.
pub(super) fn take(inference: &mut Inference<'_>, typed: &Typed, ty: &Ty, span: Range<usize>) {
    if typed.ty != Ty::Open {
        return;
    }
    if let Some(number) = typed.param
            // Any type will do there, so that none is settled.
            && !ty.is("any")
    {
        let pseudo = matches!(ty, Ty::Named(name) if coerce::is_polymorphic(name));
        let ty = if pseudo { TEXT } else { ty.clone() };
        inference.parameters.settle(number, &ty);
    }
    if let Some(text) = &typed.literal {
        literal::fits(inference, text, ty, span);
    }
}

pub(super) fn assign(inference: &mut Inference<'_>, typed: &Typed, ty: &Ty, span: Range<usize>, what: &str) {
    if typed.ty == Ty::Open {
        take(inference, typed, ty, span);
    } else if !inference.schema.coerces(&typed.ty, ty, Context::Assignment) {
        let message = format!("{what} is {ty}, and this is {}", typed.ty);
        if has_foreign_type(inference, &[typed.ty.clone(), ty.clone()]) {
            inference.cannot_judge(span, message);
        } else {
            inference.report(Problem::new(span, message).help(format!("cast it: `…::{ty}`")));
        }
    }
}

pub(super) fn cast(inference: &mut Inference<'_>, inner: &Placed, data_type: &DataType, span: Range<usize>) -> Typed {
    if !declared::length_is_positive(data_type) {
        return inference.refuse(span, "the length of a character type is at least 1");
    }
    let ty = inference.named_type(data_type, span.clone());
    let (typed, at) = inner;
    if typed.ty == Ty::Open {
        take(inference, typed, &ty, at.clone());
    } else if !inference.schema.coerces(&typed.ty, &ty, Context::Explicit) {
        let message = format!("cannot cast {} to {ty}", typed.ty);
        return if has_foreign_type(inference, &[typed.ty.clone(), ty]) {
            inference.cannot_judge(span, message)
        } else {
            inference.refuse(span, message)
        };
    }
    // An infinite moment has no time of day.
    let timeless = (typed.ty.is("timestamp") || typed.ty.is("timestamptz")) && (ty.is("time") || ty.is("timetz"));
    Typed::new(ty, typed.nullable || timeless)
}

/// Types that extensions bring have operators that the catalogue does not know.
pub(super) fn has_foreign_type(inference: &Inference<'_>, types: &[Ty]) -> bool {
    let foreign = |ty: &Ty| match inference.schema.base_type(ty) {
        Ty::Named(name) | Ty::Array(name) => !is_type(&name) && !inference.schema.is_enum(&name),
        Ty::Any => true,
        Ty::Open => false,
    };
    types.iter().any(foreign) || inference.unsure()
}

/// A condition is boolean, or takes that type.
pub(super) fn boolean(inference: &mut Inference<'_>, typed: &Typed, span: Range<usize>, what: &str) {
    match inference.schema.base_type(&typed.ty) {
        ty if ty == BOOL || ty == Ty::Any => {}
        Ty::Open => assign(inference, typed, &BOOL, span, what),
        ty => {
            inference.refuse(span, format!("{what} must be boolean, not {ty}"));
        }
    }
}

/// Values that are grouped, sorted or made distinct need a type that knows which are the same.
pub(super) fn groupable(inference: &mut Inference<'_>, ty: &Ty, span: Range<usize>) {
    const NOT: [&str; 8] = ["json", "xml", "jsonpath", "point", "line", "lseg", "box", "path"];
    let base = inference.schema.base_type(ty);
    if let Ty::Named(name) | Ty::Array(name) = &base
        && NOT.contains(&name.as_ref())
    {
        let problem = Problem::new(span, format!("values of type {base} cannot be grouped or sorted"));
        let help = if name == "json" { "cast it: `…::jsonb`" } else { "cast it: `…::text`" };
        inference.report(problem.help(help));
    }
}
