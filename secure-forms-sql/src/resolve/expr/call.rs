//! Function calls: arguments, the clauses around them, and where aggregates and window functions may stand. Which
//! functions exist is the dialect's business.

use std::ops::Range;

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause, FunctionArgumentList,
    FunctionArguments, ObjectNamePart, WindowType,
};

use crate::dialect::CallArguments;
use crate::resolve::expr::{aggregate, window};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::types::Ty;
use crate::typing::call::{Call, Role};
use crate::typing::value::{Placed, Typed};

pub(crate) fn function(r: &mut Resolver<'_>, scope: &Scope<'_>, function: &Function) -> Typed {
    let span = r.source.name(&function.name);
    let Some((namespace, name)) = aggregate::function_name(r, function) else {
        return r.cannot_judge(span, "this form of a function call is not checked");
    };
    if function.uses_odbc_syntax || !matches!(function.parameters, FunctionArguments::None) {
        return r.refuse(span, format!("{} has no such form of a function call", r.dialect));
    }
    if r.dialect.expr().keyword_functions && is_grammar(function, &name) {
        return r.refuse(span, format!("`{name}` is no name of a function for {} unless it is quoted", r.dialect));
    }
    let list = match &function.args {
        FunctionArguments::None => {
            let constant = r.typing.constant(&name);
            return constant.unwrap_or_else(|| r.cannot_judge(span, format!("`{name}` is not checked")));
        }
        FunctionArguments::Subquery(query) if name == "array" && r.dialect.expr().arrays => {
            let outputs = r.query(&scope.inner(), query);
            let [output] = outputs.as_slice() else {
                return r.refuse(span, "ARRAY takes a query of one column");
            };
            return Typed::new(output.typed.ty.array(), false);
        }
        FunctionArguments::Subquery(_) => return r.refuse(span, "a sub-query needs parentheses of its own"),
        FunctionArguments::List(list) => list,
    };
    let role = r.typing.role(&name, list.args.len());
    let windowed = function.over.is_some();
    let inner = arguments_scope(scope, role, windowed);
    if !may_stand(r, scope, &name, role, windowed, span.clone()) {
        return Typed::any();
    }
    let mut call = Call { windowed, ..Call::new(name, namespace, span.clone()) };
    let met = r.columns_met.len();
    for own in list.args.iter().skip(usize::from(begins_with_unit(r, &call.name))) {
        argument(r, &inner, own, &mut call);
    }
    if role == Role::Aggregate && !windowed && is_of_outer_query(r, scope, met) {
        // It aggregates the rows of that query then.
        return r.cannot_judge(span, "an aggregate of the columns of the query around it is not checked");
    }
    clauses(r, scope, (function, list), role, &mut call);
    r.typing.call(&mut r.inference, &call, role)
}

/// What stands in and behind the parentheses besides the arguments: DISTINCT, ORDER BY, WITHIN GROUP, FILTER, OVER.
fn clauses(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    (function, list): (&Function, &FunctionArgumentList),
    role: Role,
    call: &mut Call,
) {
    let span = call.span.clone();
    let inner = arguments_scope(scope, role, call.windowed);
    if r.dialect.expr().distinct_of_one
        && list.duplicate_treatment == Some(DuplicateTreatment::Distinct)
        && list.args.len() != 1
    {
        r.refuse(span.clone(), format!("`{}` takes one argument after DISTINCT in {}", call.name, r.dialect));
    }
    for clause in &list.clauses {
        argument_clause(r, &inner, clause, span.clone());
    }
    for item in &function.within_group {
        let typed = r.expr(&inner, &item.expr);
        call.within_group.push((typed, r.source.node(&item.expr)));
    }
    if let Some(filter) = &function.filter {
        if role != Role::Aggregate || !r.dialect.expr().filter {
            r.refuse(span.clone(), format!("FILTER cannot stand after `{}`", call.name));
        }
        r.condition(&inner, filter, "FILTER");
    }
    match &function.over {
        Some(WindowType::WindowSpec(spec)) => {
            if r.dialect.expr().ordered_windows && spec.window_name.is_none() && spec.order_by.is_empty() {
                window::demand_order(r, &call.name, span.clone());
            }
            window::specification(r, scope, spec);
        }
        Some(WindowType::NamedWindow(name)) => window::named(r, scope, name),
        None => {}
    }
}

/// Where the arguments of a call stand.
fn arguments_scope<'p>(scope: &Scope<'p>, role: Role, windowed: bool) -> Scope<'p> {
    match (role, windowed) {
        (_, true) => scope.within(Clause::Window),
        (Role::Aggregate, false) => scope.within(Clause::Aggregate),
        _ => scope.clone(),
    }
}

/// A function that the grammar spells with words of its own (`position(a in b)`).
pub(crate) fn named_call(r: &mut Resolver<'_>, name: &str, arguments: Vec<Placed>, span: Range<usize>) -> Typed {
    let arguments = arguments.into_iter().map(|argument| (None, argument)).collect();
    let call = Call { arguments, ..Call::new(name.to_owned(), None, span) };
    r.typing.call(&mut r.inference, &call, Role::Plain)
}

fn argument(r: &mut Resolver<'_>, scope: &Scope<'_>, argument: &FunctionArg, call: &mut Call) {
    let (name, value) = match argument {
        FunctionArg::Unnamed(value) => (None, value),
        FunctionArg::Named { name, arg, .. } if r.dialect.expr().named_arguments => {
            (Some(r.dialect.column_name(name)), arg)
        }
        FunctionArg::ExprNamed { name: Expr::Identifier(name), arg, .. } if r.dialect.expr().named_arguments => {
            (Some(r.dialect.column_name(name)), arg)
        }
        FunctionArg::Named { .. } | FunctionArg::ExprNamed { .. } => {
            r.refuse(call.span.clone(), format!("{} has no named arguments", r.dialect));
            return;
        }
    };
    match value {
        FunctionArgExpr::Expr(expr) => {
            let typed = r.expr(scope, expr);
            let placed = (typed, r.source.node(expr));
            call.arguments.push((name, placed));
        }
        FunctionArgExpr::Wildcard if call.name == "count" => call.star = true,
        FunctionArgExpr::Wildcard => {
            r.refuse(call.span.clone(), format!("`{}` does not take `*`", call.name));
        }
        // `count(t.*)`: the row, which is NULL where an outer join left it out.
        FunctionArgExpr::QualifiedWildcard(name)
            if r.dialect.expr().table_is_row && scope.relation(None, &r.schema.key(name).1).is_some() =>
        {
            let row = Typed::new(Ty::fixed("record"), true);
            call.arguments.push((None, (row, r.source.name(name))));
        }
        FunctionArgExpr::QualifiedWildcard(_) | FunctionArgExpr::WildcardWithOptions(_) => {
            r.cannot_judge(call.span.clone(), "a row as an argument is not checked");
        }
    }
}

/// The arguments of a call in FROM, as far as the dialect's rows depend on them.
pub(crate) fn arguments_in_from(r: &mut Resolver<'_>, scope: &Scope<'_>, arguments: &[FunctionArg], call: &mut Call) {
    for own in arguments {
        match r.dialect.query().call_arguments {
            CallArguments::Checked => argument(r, scope, own, call),
            CallArguments::Plain => {
                let typed = match own {
                    FunctionArg::Unnamed(FunctionArgExpr::Expr(expr)) => r.expr(scope, expr),
                    _ => Typed::any(),
                };
                call.arguments.push((None, (typed, call.span.clone())));
            }
            CallArguments::Unread => {}
        }
    }
}

fn argument_clause(r: &mut Resolver<'_>, scope: &Scope<'_>, clause: &FunctionArgumentClause, span: Range<usize>) {
    match clause {
        FunctionArgumentClause::OrderBy(items) => {
            for item in items {
                r.expr(scope, &item.expr);
            }
        }
        FunctionArgumentClause::Separator(_) | FunctionArgumentClause::Limit(_)
            if r.dialect.expr().group_concat_clauses => {}
        _ => {
            r.cannot_judge(span, "this clause of a function call is not checked");
        }
    }
}

fn may_stand(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &str,
    role: Role,
    windowed: bool,
    span: Range<usize>,
) -> bool {
    let problem = match (role, windowed, scope.clause) {
        (_, true, Clause::Plain(clause)) => format!("a window function cannot stand in {clause}"),
        (_, true, Clause::Having) => "a window function cannot stand in HAVING".to_owned(),
        (_, true, Clause::Aggregate) => "a window function cannot stand in an aggregate function".to_owned(),
        (_, true, Clause::Window) => "window functions cannot be nested".to_owned(),
        (
            Role::Aggregate,
            false,
            Clause::Plain("VALUES" | "SET" | "WHERE" | "ON" | "GROUP BY" | "RETURNING" | "LIMIT"),
        ) => {
            let Clause::Plain(clause) = scope.clause else { return true };
            // An aggregate over columns of the query around this one is that one's: only PostgreSQL's and MariaDB's
            // HAVING have it, and then the server decides.
            if scope.parent.is_some_and(|parent| !parent.relations.is_empty()) {
                r.cannot_judge(span, format!("an aggregate function in {clause} of a sub-query is not checked"));
                return false;
            }
            format!("an aggregate function cannot stand in {clause}")
        }
        (Role::Aggregate, false, Clause::Aggregate) => "aggregate functions cannot be nested".to_owned(),
        (Role::Window, false, _) => format!("`{name}` needs an OVER clause"),
        (Role::Plain, true, _) => format!("`{name}` is no window function"),
        _ => return true,
    };
    // Functions of the schema can be aggregates.
    if role == Role::Plain && r.inference.unsure() {
        r.cannot_judge(span, problem);
    } else {
        r.refuse(span, problem);
    }
    false
}

/// MariaDB: `timestampdiff(DAY, a, b)`.
fn begins_with_unit(r: &Resolver<'_>, name: &str) -> bool {
    r.dialect.expr().unit_arguments && matches!(name, "timestampdiff" | "timestampadd")
}

/// Whether all columns that were met since are of queries around this one.
fn is_of_outer_query(r: &Resolver<'_>, scope: &Scope<'_>, since: usize) -> bool {
    let own = scope.depth();
    let met = r.columns_met.get(since..).unwrap_or_default();
    !met.is_empty() && met.iter().all(|depth| *depth < own)
}

/// Words after which PostgreSQL's grammar expects something else than a list of arguments.
fn is_grammar(function: &Function, name: &str) -> bool {
    let [ObjectNamePart::Identifier(ident)] = function.name.0.as_slice() else { return false };
    ident.quote_style.is_none()
        && matches!(function.args, FunctionArguments::List(_))
        && matches!(name, "bit" | "char" | "extract" | "interval" | "numeric" | "position" | "time" | "timestamp")
}
