//! Function calls in PostgreSQL: which of the functions of a name is meant, and whether its result can be NULL
//! (10.3, chapter 9).

use sqlparser::ast::{FunctionArg, ObjectName};

use super::catalogue::{Function, catalogue};
use super::choose::{Choice, choose};
use crate::sql::call::{Call, Role};
use crate::sql::expr::Placed;
use crate::sql::judge::{Judge, Typed};
use crate::sql::problem::{Problem, nearest};
use crate::sql::scope::{Relation, Scope, ScopeColumn};
use crate::sql::types::{TEXT, Ty, UUID};

/// Never NULL, whatever the arguments are.
const NEVER: &[&str] = &[
    "clock_timestamp",
    "concat",
    "count",
    "cume_dist",
    "current_database",
    "dense_rank",
    "gen_random_uuid",
    "json_build_array",
    "json_build_object",
    "jsonb_build_array",
    "jsonb_build_object",
    "now",
    "num_nonnulls",
    "num_nulls",
    "percent_rank",
    "pg_backend_pid",
    "pi",
    "quote_nullable",
    "random",
    "rank",
    "regr_count",
    "row_number",
    "statement_timestamp",
    "timeofday",
    "transaction_timestamp",
    "uuid_generate_v4",
    "version",
];

/// NULL only if an argument is.
const BY_ARGUMENTS: &[&str] = &[
    "abs",
    "acos",
    "age",
    "array_append",
    "array_cat",
    "array_prepend",
    "array_remove",
    "ascii",
    "asin",
    "atan",
    "atan2",
    "bit_length",
    "btrim",
    "cardinality",
    "cbrt",
    "ceil",
    "ceiling",
    "char_length",
    "character_length",
    "chr",
    "cos",
    "cot",
    "date_trunc",
    "decode",
    "degrees",
    "div",
    "encode",
    "exp",
    "factorial",
    "floor",
    "gcd",
    "generate_series",
    "initcap",
    "isfinite",
    "json_array_length",
    "json_typeof",
    "jsonb_array_elements",
    "jsonb_array_length",
    "jsonb_pretty",
    "jsonb_typeof",
    "justify_days",
    "justify_hours",
    "justify_interval",
    "lcm",
    "left",
    "length",
    "ln",
    "log",
    "log10",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_interval",
    "make_time",
    "make_timestamp",
    "make_timestamptz",
    "md5",
    "mod",
    "nextval",
    "ntile",
    "numnode",
    "octet_length",
    "phraseto_tsquery",
    "plainto_tsquery",
    "position",
    "pow",
    "power",
    "quote_ident",
    "quote_literal",
    "radians",
    "regexp_replace",
    "repeat",
    "replace",
    "reverse",
    "right",
    "round",
    "rpad",
    "rtrim",
    "setval",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "sign",
    "sin",
    "split_part",
    "sqrt",
    "starts_with",
    "strpos",
    "substr",
    "tan",
    "timezone",
    "to_hex",
    "to_json",
    "to_jsonb",
    "to_timestamp",
    "to_tsquery",
    "to_tsvector",
    "translate",
    "trunc",
    "ts_rank",
    "ts_rank_cd",
    "upper",
    "websearch_to_tsquery",
    "width_bucket",
];

impl Judge<'_> {
    pub(crate) fn postgres_role(&self, name: &str) -> Role {
        catalogue().functions(name).first().map_or(Role::Plain, |own| own.role)
    }

    pub(crate) fn call_postgres(&mut self, call: Call, role: Role) -> Typed {
        if let Some(typed) = self.conditional(&call) {
            return typed;
        }
        match call.name.as_str() {
            "count" if call.star => return Typed::new(Ty::fixed("int8"), false),
            "row" => return Typed::new(Ty::fixed("record"), false),
            "grouping" => return Typed::new(Ty::fixed("int4"), false),
            _ => {}
        }
        let Some(found) = self.find_function(&call) else { return Typed::any() };
        let arguments_nullable = call.arguments.iter().any(|(_, (typed, _))| typed.nullable);
        let nullable = if found.user || found.set {
            true
        } else if NEVER.contains(&call.name.as_str()) {
            false
        } else if BY_ARGUMENTS.contains(&call.name.as_str()) && role == Role::Plain || call.name == "ntile" {
            // `substring` with a pattern gives NULL where it does not match.
            arguments_nullable
        } else if call.name == "substring" {
            arguments_nullable || !call.arguments.iter().skip(1).all(|(_, (typed, _))| typed.ty.is("int4"))
        } else {
            true
        };
        Typed::new(found.result, nullable)
    }

    fn find_function(&mut self, call: &Call) -> Option<Found> {
        if call.namespace.as_deref().is_none_or(|own| own == "pg_catalog") && call.name == "uuid_generate_v4" {
            return Some(Found { result: UUID, columns: Vec::new(), set: false, user: false });
        }
        let placed = self.within_group_first(call);
        let actual: Vec<Ty> = placed.iter().map(|(_, (typed, _))| self.schema.base_type(&typed.ty)).collect();
        let built_in = call.namespace.as_deref().is_none_or(|own| own == "pg_catalog");
        let own = if built_in { catalogue().functions(&call.name) } else { &[] };
        let own: Vec<&Function> = own.iter().filter(|own| !call.windowed || own.role != Role::Plain).collect();
        let mut lists: Vec<Vec<Ty>> = Vec::new();
        let mut results: Vec<Candidate<'_>> = Vec::new();
        for function in own {
            if let Some(list) = parameters(function, &placed) {
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
        let schema = self.schema;
        let users = schema.functions.get(&user_name).map_or(&[][..], Vec::as_slice);
        if users.iter().any(|user| user.signature.is_none()) {
            self.cannot_judge(call.span.clone(), format!("the function `{}` is not checked", call.name));
            return None;
        }
        for signature in users.iter().filter_map(|user| user.signature.as_ref()) {
            let required = signature.arguments.len() - signature.defaults.min(signature.arguments.len());
            if let Some(list) = named_parameters(&signature.arguments, required, &placed) {
                lists.push(list);
                results.push(Candidate::User(signature.result.clone()));
            }
        }
        if actual.contains(&Ty::Any) {
            return self.call_on_unknown(call, &lists, &results);
        }
        match choose(schema, &lists, &actual) {
            Choice::One(at) => {
                let (declared, candidate) = (lists.get(at)?, results.get(at)?);
                let (result, columns, set, user) = match candidate {
                    Candidate::BuiltIn(own) => (&own.result, own.columns.clone(), own.set, false),
                    Candidate::User(result) => (result, Vec::new(), false, true),
                };
                let Some((declared, result)) = schema.resolve_polymorphic(declared, &actual, result) else {
                    self.no_function(call, &actual, false);
                    return None;
                };
                for ((_, (typed, span)), ty) in placed.iter().zip(&declared) {
                    self.take(typed, ty, span.clone());
                }
                Some(Found { result, columns, set, user })
            }
            choice => {
                if let Some(found) = self.as_cast(call, &placed) {
                    return Some(found);
                }
                self.no_function(call, &actual, choice == Choice::Ambiguous);
                None
            }
        }
    }

    /// WITHIN GROUP's values are the last arguments of an ordered-set aggregate.
    fn within_group_first(&self, call: &Call) -> Vec<(Option<String>, Placed)> {
        let mut placed = call.arguments.clone();
        placed.extend(call.within_group.iter().map(|own| (None, own.clone())));
        placed
    }

    fn call_on_unknown(&mut self, call: &Call, lists: &[Vec<Ty>], results: &[Candidate<'_>]) -> Option<Found> {
        if lists.is_empty() {
            let actual: Vec<Ty> = call.arguments.iter().map(|(_, (typed, _))| typed.ty.clone()).collect();
            self.no_function(call, &actual, false);
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
                self.settle(number, &Ty::Any);
            }
        }
        Some(Found { result, columns: Vec::new(), set, user: true })
    }

    /// A type's name called with one argument is a cast (10.3, step 3).
    fn as_cast(&mut self, call: &Call, placed: &[(Option<String>, Placed)]) -> Option<Found> {
        let [(None, (typed, span))] = placed else { return None };
        let ty = Ty::Named(call.name.clone().into());
        if !super::is_type(&call.name) || !self.schema.coerces(&typed.ty, &ty, super::Context::Explicit) {
            return None;
        }
        self.take(typed, &ty, span.clone());
        Some(Found { result: ty, columns: Vec::new(), set: false, user: false })
    }

    fn no_function(&mut self, call: &Call, actual: &[Ty], ambiguous: bool) {
        let arguments = actual.iter().map(Ty::to_string).collect::<Vec<_>>().join(", ");
        let message = format!("no function {}({arguments})", call.name);
        let known = !catalogue().functions(&call.name).is_empty();
        let problem = if self.unsure() || call.namespace.is_some() || actual.contains(&Ty::Any) {
            Problem::cannot_judge(call.span.clone(), message)
        } else if ambiguous {
            Problem::refused(call.span.clone(), format!("the function {}({arguments}) is not unique", call.name))
                .help("say the types: `$1::text`")
        } else {
            Problem::refused(call.span.clone(), message)
        };
        let near = if known { None } else { nearest(&call.name, catalogue().function_names()) };
        self.problem(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
    }

    /// A function in FROM.
    pub(crate) fn set_function(
        &mut self,
        scope: &Scope<'_>,
        name: &ObjectName,
        args: &[FunctionArg],
        own: &str,
        called: &str,
    ) -> Relation {
        let namespace = self.schema.key(name).0;
        let mut call = Call {
            name: own.to_owned(),
            namespace: (name.0.len() > 1).then_some(namespace).filter(|own| !own.is_empty()),
            arguments: Vec::new(),
            star: false,
            windowed: false,
            within_group: Vec::new(),
            span: self.name_span(name),
        };
        for argument in args {
            self.argument(scope, argument, &mut call);
        }
        if own == "unnest" && call.arguments.len() > 1 {
            return self.unnest_many(&call, called);
        }
        let Some(found) = self.find_function(&call) else { return Relation::opaque(called.to_owned()) };
        let column = |name: &str, ty: Ty| ScopeColumn {
            key: name.to_owned(),
            name: name.to_owned(),
            ty,
            nullable: true,
            from: None,
            merged: false,
        };
        if !found.columns.is_empty() {
            let columns = found.columns.into_iter().map(|(name, ty)| column(name, ty)).collect();
            return Relation::of_columns(called.to_owned(), columns);
        }
        if found.result.is("record") || found.result == Ty::Any || self.schema.category(&found.result) == 'C' {
            self.cannot_judge(call.span, format!("the columns of `{own}(…)` are not known"));
            return Relation::opaque(called.to_owned());
        }
        let mut only = column(own, found.result);
        only.nullable = !matches!(own, "generate_series" | "jsonb_array_elements" | "json_array_elements");
        Relation { scalar: true, ..Relation::of_columns(called.to_owned(), vec![only]) }
    }

    /// `unnest` of several arrays side by side.
    fn unnest_many(&mut self, call: &Call, called: &str) -> Relation {
        let mut columns = Vec::new();
        for (_, (typed, span)) in &call.arguments {
            let ty = match self.schema.base_type(&typed.ty).element() {
                Some(element) => element,
                None if typed.ty == Ty::Any => Ty::Any,
                None => {
                    self.refuse(span.clone(), format!("unnest takes arrays, not {}", typed.ty));
                    Ty::Any
                }
            };
            columns.push(ScopeColumn {
                key: "unnest".to_owned(),
                name: "unnest".to_owned(),
                ty,
                nullable: true,
                from: None,
                merged: false,
            });
        }
        Relation::of_columns(called.to_owned(), columns)
    }
}

struct Found {
    result: Ty,
    columns: Vec<(&'static str, Ty)>,
    set: bool,
    user: bool,
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
