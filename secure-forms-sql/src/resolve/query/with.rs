//! WITH: queries that have a name, also those that read themselves (PostgreSQL 7.8, SQLite "WITH").

use sqlparser::ast::{SetExpr, SetOperator, With};

use crate::resolve::query::{limit, output, set};
use crate::resolve::relation::{Output, ScopeColumn};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Cte, Scope};
use crate::typing::value::Typed;

pub(crate) fn with(r: &mut Resolver<'_>, scope: &mut Scope<'_>, with: &With) {
    for cte in &with.cte_tables {
        let name = r.dialect.table_name(&cte.alias.name);
        if with
            .cte_tables
            .iter()
            .take_while(|own| !std::ptr::eq(*own, cte))
            .any(|own| r.dialect.table_name(&own.alias.name) == name)
        {
            r.refuse(r.source.ident(&cte.alias.name), format!("WITH names `{name}` twice"));
        }
        // SQLite and MariaDB let a CTE name itself; SQLite even without the word RECURSIVE.
        let recursive = with.recursive || r.dialect.query().implicit_recursion;
        let columns = match (recursive, cte.query.body.as_ref()) {
            (true, SetExpr::SetOperation { left, op: SetOperator::Union, right, .. }) => {
                recursive_cte(r, scope, cte, &name, left, right)
            }
            _ => {
                let inner = Scope { in_cte: true, ..scope.clone() };
                let outputs = r.query(&inner, &cte.query);
                let columns = output::as_columns(r, outputs);
                if cte.alias.columns.is_empty() {
                    output::distinct_names(r, &columns, r.source.ident(&cte.alias.name));
                }
                columns
            }
        };
        let columns =
            output::renamed(r, columns, &cte.alias.columns.iter().map(|own| &own.name).collect::<Vec<_>>(), true);
        scope.with_cte(Cte { name, columns, opaque: false });
    }
}

/// The first part of the UNION gives the columns, the second may read them.
fn recursive_cte(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    cte: &sqlparser::ast::Cte,
    name: &str,
    left: &SetExpr,
    right: &SetExpr,
) -> Vec<ScopeColumn> {
    let mut inner = scope.inner();
    if let Some(own) = &cte.query.with {
        with(r, &mut inner, own);
    }
    let first = r.body(&inner, left);
    let names: Vec<_> = cte.alias.columns.iter().map(|own| &own.name).collect();
    let base = output::as_columns(r, first.clone());
    let own = output::renamed(r, base.clone(), &names, true);
    let second = recursion(r, &inner, name, own, right);
    let span = r.source.node(right);
    if second.len() != first.len() {
        set::column_counts(r, span, first.len(), second.len());
        return base;
    }
    let mut columns = Vec::new();
    for (mut column, (one, other)) in base.into_iter().zip(first.into_iter().zip(second)) {
        let one = Output { typed: Typed { ty: column.ty.clone(), ..one.typed }, ..one };
        let joined = r.typing.unify(
            &mut r.inference,
            &[(&one.typed, one.span.clone()), (&other.typed, other.span.clone())],
            "UNION",
        );
        if r.dialect.query().fixed_recursion
            && column.ty.is_settled()
            && joined.ty.is_settled()
            && joined.ty != column.ty
        {
            let message = format!(
                "column `{}` is {} in the first part of the recursive query but {} in the whole",
                column.name, column.ty, joined.ty
            );
            r.refuse(one.span.clone(), message);
        }
        column.nullable |= joined.nullable;
        column.from = None;
        columns.push(column);
    }
    limit::limits(r, &inner, &cte.query);
    columns
}

/// The second part reads rows that it made itself: it is tried with what is NOT NULL in the first, and if that is not
/// so in what comes out, again with everything nullable.
fn recursion(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &str,
    own: Vec<ScopeColumn>,
    right: &SetExpr,
) -> Vec<Output> {
    // Inside another one nothing is tried twice, or the work would double with each level.
    let outermost = !std::mem::replace(&mut r.in_recursion, true);
    let nullable = own.iter().map(|column| ScopeColumn { nullable: true, ..column.clone() }).collect();
    let noted = r.tables.count();
    let tried = outermost.then(|| {
        let outputs = working(r, scope, name, own.clone(), right);
        let holds = outputs.iter().zip(&own).all(|(output, column)| column.nullable || !output.typed.nullable);
        (outputs, holds)
    });
    let outputs = match tried {
        Some((outputs, true)) => outputs,
        _ => {
            r.tables.forget_since(noted);
            working(r, scope, name, nullable, right)
        }
    };
    r.in_recursion = !outermost;
    outputs
}

/// A query over the rows that the one before it made.
fn working(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &str,
    columns: Vec<ScopeColumn>,
    body: &SetExpr,
) -> Vec<Output> {
    let mut inner = scope.clone();
    inner.with_cte(Cte { name: name.to_owned(), columns, opaque: false });
    r.body(&inner, body)
}
