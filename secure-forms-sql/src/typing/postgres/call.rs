//! Function calls in PostgreSQL: which of the functions of a name is meant (10.3, chapter 9).

use super::catalogue::{Context, Function, catalogue, is_type};
use super::choose::{Choice, choose};
use super::convert::take;
use super::nulls::may_be_null;
use crate::problem::Problem;
use crate::types::{TEXT, Ty, UUID};
use crate::typing::call::{Call, Role};
use crate::typing::inference::Inference;
use crate::typing::value::{Placed, Typed};
use secure_forms_core::nearest::nearest;

pub(super) fn role(name: &str) -> Role {
    catalogue().functions(name).first().map_or(Role::Plain, |own| own.role)
}

/// What a call gives that chooses none of its arguments.
pub(super) fn call(inference: &mut Inference<'_>, call: &Call, role: Role) -> Typed {
    match call.name.as_str() {
        "count" if call.star => return Typed::new(Ty::fixed("int8"), false),
        "row" => return Typed::new(Ty::fixed("record"), false),
        "grouping" => return Typed::new(Ty::fixed("int4"), false),
        _ => {}
    }
    let Some(found) = find_function(inference, call) else { return Typed::any() };
    let nullable = found.user || found.set || may_be_null(call, role);
    Typed::new(found.result, nullable)
}

pub(super) fn find_function(inference: &mut Inference<'_>, call: &Call) -> Option<Found> {
    if call.namespace.as_deref().is_none_or(|own| own == "pg_catalog") && call.name == "uuid_generate_v4" {
        return Some(Found { result: UUID, columns: Vec::new(), set: false, user: false });
    }
    let placed = within_group_first(call);
    let actual: Vec<Ty> = placed.iter().map(|(_, (typed, _))| inference.schema.base_type(&typed.ty)).collect();
    let (lists, results) = candidates(inference, call, &placed)?;
    let schema = inference.schema;
    if actual.contains(&Ty::Any) {
        return call_on_unknown(inference, call, &lists, &results);
    }
    match choose(schema, &lists, &actual) {
        Choice::One(at) => {
            let (declared, candidate) = (lists.get(at)?, results.get(at)?);
            let (result, columns, set, user) = match candidate {
                Candidate::BuiltIn(own) => (&own.result, own.columns.clone(), own.set, false),
                Candidate::User(result) => (result, Vec::new(), false, true),
            };
            let Some((declared, result)) = schema.resolve_polymorphic(declared, &actual, result) else {
                no_function(inference, call, &actual, false);
                return None;
            };
            for ((_, (typed, span)), ty) in placed.iter().zip(&declared) {
                take(inference, typed, ty, span.clone());
            }
            Some(Found { result, columns, set, user })
        }
        choice => {
            if let Some(found) = as_cast(inference, call, &placed) {
                return Some(found);
            }
            no_function(inference, call, &actual, choice == Choice::Ambiguous);
            None
        }
    }
}

/// The functions of this name that take so many arguments: the types that each wants. `None` if one of them is not known.
fn candidates<'a>(
    inference: &mut Inference<'a>,
    call: &Call,
    placed: &[(Option<String>, Placed)],
) -> Option<(Vec<Vec<Ty>>, Vec<Candidate<'a>>)> {
    let built_in = call.namespace.as_deref().is_none_or(|own| own == "pg_catalog");
    let own = if built_in { catalogue().functions(&call.name) } else { &[] };
    let own: Vec<&Function> = own.iter().filter(|own| !call.windowed || own.role != Role::Plain).collect();
    let mut lists: Vec<Vec<Ty>> = Vec::new();
    let mut results: Vec<Candidate<'_>> = Vec::new();
    for function in own {
        if let Some(list) = parameters(function, placed) {
            lists.push(list);
            results.push(Candidate::BuiltIn(function));
        }
    }
    let user_name = match call.namespace.as_deref() {
        Some(namespace) if namespace != "public" && namespace != "pg_catalog" => {
            format!("{namespace}.{}", call.name)
        }
        _ => call.name.clone(),
    };
    let schema = inference.schema;
    let users = schema.functions.get(&user_name).map_or(&[][..], Vec::as_slice);
    if users.iter().any(|user| user.signature.is_none()) {
        inference.cannot_judge(call.span.clone(), format!("the function `{}` is not checked", call.name));
        return None;
    }
    for signature in users.iter().filter_map(|user| user.signature.as_ref()) {
        let required = signature.arguments.len() - signature.defaults.min(signature.arguments.len());
        if let Some(list) = named_parameters(&signature.arguments, required, placed) {
            lists.push(list);
            results.push(Candidate::User(signature.result.clone()));
        }
    }
    Some((lists, results))
}

/// WITHIN GROUP's values are the last arguments of an ordered-set aggregate.
fn within_group_first(call: &Call) -> Vec<(Option<String>, Placed)> {
    let mut placed = call.arguments.clone();
    placed.extend(call.within_group.iter().map(|own| (None, own.clone())));
    placed
}

fn call_on_unknown(
    inference: &mut Inference<'_>,
    call: &Call,
    lists: &[Vec<Ty>],
    results: &[Candidate<'_>],
) -> Option<Found> {
    if lists.is_empty() {
        let actual: Vec<Ty> = call.arguments.iter().map(|(_, (typed, _))| typed.ty.clone()).collect();
        no_function(inference, call, &actual, false);
        return None;
    }
    let set = results.iter().any(|own| matches!(own, Candidate::BuiltIn(own) if own.set));
    let mut types = results.iter().map(|own| match own {
        Candidate::BuiltIn(own) => own.result.clone(),
        Candidate::User(result) => result.clone(),
    });
    let first = types.next()?;
    let pseudo = matches!(&first, Ty::Named(name) if super::coerce::is_polymorphic(name) || name == "record");
    let result = if types.all(|ty| ty == first) && !pseudo { first } else { Ty::Any };
    for (_, (typed, _)) in &call.arguments {
        if let (Some(number), Ty::Open) = (typed.param, &typed.ty) {
            inference.parameters.settle(number, &Ty::Any);
        }
    }
    Some(Found { result, columns: Vec::new(), set, user: true })
}

/// A type's name called with one argument is a cast (10.3, step 3).
fn as_cast(inference: &mut Inference<'_>, call: &Call, placed: &[(Option<String>, Placed)]) -> Option<Found> {
    let [(None, (typed, span))] = placed else { return None };
    if typed.param.is_some() && typed.ty == Ty::Open {
        return None;
    }
    let ty = Ty::Named(call.name.clone().into());
    if !is_type(&call.name) || !inference.schema.coerces(&typed.ty, &ty, Context::Explicit) {
        return None;
    }
    take(inference, typed, &ty, span.clone());
    Some(Found { result: ty, columns: Vec::new(), set: false, user: false })
}

fn no_function(inference: &mut Inference<'_>, call: &Call, actual: &[Ty], ambiguous: bool) {
    let arguments = actual.iter().map(Ty::to_string).collect::<Vec<_>>().join(", ");
    let message = format!("no function {}({arguments})", call.name);
    let known = !catalogue().functions(&call.name).is_empty();
    let problem = if inference.unsure() || call.namespace.is_some() || actual.contains(&Ty::Any) {
        Problem::cannot_judge(call.span.clone(), message)
    } else if ambiguous {
        Problem::new(call.span.clone(), format!("the function {}({arguments}) is not unique", call.name))
            .help("say the types: `$1::text`")
    } else {
        Problem::new(call.span.clone(), message)
    };
    let near = if known { None } else { nearest(&call.name, catalogue().function_names()) };
    inference.report(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
}

pub(super) struct Found {
    pub(super) result: Ty,
    pub(super) columns: Vec<(&'static str, Ty)>,
    pub(super) set: bool,
    pub(super) user: bool,
}

enum Candidate<'a> {
    BuiltIn(&'a Function),
    User(Ty),
}

/// The types that a function wants for these arguments, in the call's order, if it takes so many and such names.
fn parameters(function: &Function, actual: &[(Option<String>, Placed)]) -> Option<Vec<Ty>> {
    let variadic = function.arguments.last().filter(|last| last.variadic);
    if let Some(last) = variadic {
        let fixed = function.arguments.len() - 1;
        if actual.len() < fixed || actual.iter().any(|(name, _)| name.is_some()) {
            return None;
        }
        // An ordered-set aggregate and a call with VARIADIC hand over the array itself: those are not in the catalogue's use here.
        let element = match &last.ty {
            Ty::Named(any) if any == "any" => Ty::fixed("any"),
            ty => ty.element().unwrap_or_else(|| TEXT.clone()),
        };
        let mut list: Vec<Ty> = function.arguments.iter().take(fixed).map(|own| own.ty.clone()).collect();
        if actual.len() == fixed && fixed > 0 && !last.default {
            return None;
        }
        list.resize(actual.len(), element);
        return Some(list);
    }
    let arguments: Vec<(Option<String>, Ty)> =
        function.arguments.iter().map(|own| (own.name.map(str::to_owned), own.ty.clone())).collect();
    let required = function.arguments.iter().filter(|own| !own.default).count();
    named_parameters(&arguments, required, actual)
}

fn named_parameters(
    declared: &[(Option<String>, Ty)],
    required: usize,
    actual: &[(Option<String>, Placed)],
) -> Option<Vec<Ty>> {
    if actual.len() > declared.len() {
        return None;
    }
    let mut filled = vec![false; declared.len()];
    let mut list = Vec::new();
    for (at, (name, _)) in actual.iter().enumerate() {
        let place = match name {
            Some(name) => declared.iter().position(|(own, _)| own.as_deref() == Some(name))?,
            None => at,
        };
        if std::mem::replace(filled.get_mut(place)?, true) {
            return None;
        }
        list.push(declared.get(place)?.1.clone());
    }
    filled.iter().take(required).all(|filled| *filled).then_some(list)
}
