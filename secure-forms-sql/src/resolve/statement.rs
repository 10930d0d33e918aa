//! Statements: what each kind is made of, and the verdict. What the recursion leads to comes together here.

use sqlparser::ast::{Expr, Query, SetExpr, Statement};
use sqlparser::tokenizer::TokenWithSpan;

use crate::dialect::Dialect;
use crate::problem::Problem;
use crate::resolve::expr::expression;
use crate::resolve::query::{body, output};
use crate::resolve::relation::Output;
use crate::resolve::resolver::{Recursion, Resolver};
use crate::resolve::scope::Scope;
use crate::resolve::write::{delete, insert, update};
use crate::schema::Schema;
use crate::span::Source;
use crate::types::Ty;
use crate::typing::parameters::Parameters;
use crate::typing::value::Typed;
use crate::verdict::{Column, Kind, Param, Verdict};

/// The floors above the resolver.
struct Floors;

impl Recursion for Floors {
    fn expr(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, expr: &Expr) -> Typed {
        expression::expression(r, scope, expr)
    }

    fn query(&self, r: &mut Resolver<'_>, outer: &Scope<'_>, query: &Query) -> Vec<Output> {
        body::query(r, outer, query)
    }

    fn body(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, body: &SetExpr) -> Vec<Output> {
        body::body(r, scope, body, None)
    }

    fn write(&self, r: &mut Resolver<'_>, scope: &Scope<'_>, statement: &Statement) -> Option<Vec<Output>> {
        write(r, scope, statement)
    }
}

/// The verdict on a statement, or every problem that was found.
pub(crate) fn judge(
    dialect: Dialect,
    schema: &Schema,
    source: &Source<'_>,
    tokens: &[TokenWithSpan],
    statement: &Statement,
) -> Result<Verdict, Vec<Problem>> {
    let mut r = Resolver::new(dialect, schema, source, tokens, &Floors);
    r.inference.parameters = Parameters::numbered(dialect, source, tokens, &mut r.inference.problems);
    let (outputs, returns_rows) = outputs(&mut r, statement);
    let columns = output::finished(&mut r, outputs).into_iter().map(|(column, _)| column).collect();
    if r.dialect.write().typed_parameters && r.is_content() {
        demand_types(&mut r);
    }
    if !r.is_content() {
        return Err(r.inference.problems.sorted());
    }
    let params = r.inference.parameters.iter();
    let params = params.map(|own| Param { ty: schema.public_type(&own.ty), nullable: own.nullable }).collect();
    Ok(Verdict {
        statement: Kind::of(statement),
        columns,
        params,
        has_where: r.has_where,
        returns_rows,
        insert: r.insert,
        tables: r.tables.noted(),
    })
}

/// The columns of a query inside a migration, with the types that the checker works with; `None` if it cannot judge it.
pub(crate) fn columns_of(
    schema: &Schema,
    source: &Source<'_>,
    tokens: &[TokenWithSpan],
    query: &Query,
) -> Option<Vec<(Column, Ty)>> {
    let mut r = Resolver::new(schema.dialect, schema, source, tokens, &Floors);
    let outputs = r.query(&Scope::top(), query);
    let columns = output::finished(&mut r, outputs);
    r.is_content().then_some(columns)
}

/// What a statement returns, and whether it returns rows.
fn outputs(r: &mut Resolver<'_>, statement: &Statement) -> (Vec<Output>, bool) {
    let scope = Scope::top();
    match statement {
        Statement::Query(query) => {
            r.has_where = outer_where(&query.body);
            let outputs = r.query(&scope, query);
            let silent = matches!(query.body.as_ref(), SetExpr::Insert(own) | SetExpr::Update(own) | SetExpr::Delete(own) if !returning(own));
            (outputs, !silent)
        }
        Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => {
            let outputs = r.write(&scope, statement);
            let returns_rows = outputs.is_some();
            (outputs.unwrap_or_default(), returns_rows)
        }
        _ => {
            other(r, statement);
            (Vec::new(), false)
        }
    }
}

/// PostgreSQL refuses a parameter whose type nothing tells, and a number that is left out.
fn demand_types(r: &mut Resolver<'_>) {
    for (number, at) in r.inference.parameters.open() {
        let name = format!("${}", number + 1);
        let span = at.map_or(r.source.all(), |at| at..at + name.len());
        let problem = Problem::new(span, format!("could not determine the type of parameter {name}"));
        r.report(problem.help(format!("say it: `{name}::text`")));
    }
}

/// Statements that no table's rows go through. A few are known to be prepared whatever they name.
fn other(r: &mut Resolver<'_>, statement: &Statement) {
    let span = r.source.all();
    let rules = r.dialect.write();
    match statement {
        Statement::NOTIFY { .. } | Statement::LISTEN { .. } | Statement::UNLISTEN { .. } if rules.notify => {}
        Statement::ShowVariable { .. } | Statement::ShowVariables { .. } | Statement::ShowStatus { .. }
            if rules.show_variables => {}
        Statement::CreateTable(create) if create.query.is_none() => {
            let key = r.schema.key(&create.name);
            // PostgreSQL and MariaDB look when the statement runs.
            if r.schema.tables.contains_key(&key) && !create.if_not_exists && r.dialect.write().create_looks {
                r.refuse(r.source.name(&create.name), format!("table `{}` already exists", key.1));
            }
        }
        Statement::StartTransaction { .. }
        | Statement::Commit { .. }
        | Statement::Rollback { .. }
        | Statement::Savepoint { .. }
        | Statement::ReleaseSavepoint { .. } => {}
        _ => {
            r.cannot_judge(span, "this kind of statement is not checked");
        }
    }
}

/// `None` if it returns no rows.
fn write(r: &mut Resolver<'_>, scope: &Scope<'_>, statement: &Statement) -> Option<Vec<Output>> {
    match statement {
        Statement::Insert(insert) => insert::insert(r, scope, insert),
        Statement::Update(update) => update::update(r, scope, update),
        Statement::Delete(delete) => delete::delete(r, scope, delete),
        other => {
            r.cannot_judge(r.source.node(other), "this kind of statement is not checked");
            None
        }
    }
}

fn outer_where(body: &SetExpr) -> bool {
    match body {
        SetExpr::Select(select) => select.selection.is_some(),
        SetExpr::Query(query) => outer_where(&query.body),
        _ => false,
    }
}

fn returning(statement: &Statement) -> bool {
    match statement {
        Statement::Insert(insert) => insert.returning.is_some(),
        Statement::Update(update) => update.returning.is_some(),
        Statement::Delete(delete) => delete.returning.is_some(),
        _ => false,
    }
}
