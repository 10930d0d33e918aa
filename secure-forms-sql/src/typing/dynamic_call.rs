//! Calls as SQLite and MariaDB treat them: the tables of functions say what comes out, and what a parameter is used as.

use secure_forms_core::nearest::nearest;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::types::{self, BOOL, FLOAT8, INT2, INT4, INT8, NUMERIC, Ty};
use crate::typing::call::{Call, Role};
use crate::typing::conditional::conditional;
use crate::typing::functions::{self, Arity, Nulls, Result as Returns};
use crate::typing::inference::Inference;
use crate::typing::value::Typed;
use crate::typing::{Typing, dynamic};

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
            dynamic::hint(inference, typed.clone(), ty);
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
