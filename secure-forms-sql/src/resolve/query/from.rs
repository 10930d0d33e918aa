//! FROM: tables, sub-queries and functions, and how they are joined. In goes a table expression, out come the relations that
//! the query sees (PostgreSQL 7.2.1).

use std::ops::Range;
use std::rc::Rc;

use sqlparser::ast::{
    FunctionArg, FunctionArgExpr, Ident, ObjectName, Query, TableAlias, TableFactor, TableIndexDirective,
    TableWithJoins,
};

use crate::problem::Problem;
use crate::resolve::query::{join, output, table};
use crate::resolve::relation::Relation;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};

/// The tables of a FROM clause. A comma joins too: in SQLite it binds no less than JOIN, so that an outer join leaves
/// out what stands before the comma as well.
pub(crate) fn tables_of(r: &mut Resolver<'_>, scope: &mut Scope<'_>, tables: &[TableWithJoins]) {
    for table in tables {
        let start = if r.dialect.query().comma_is_join { 0 } else { scope.relations.len() };
        table_with_joins(r, scope, start, table);
    }
}

pub(crate) fn table_with_joins(r: &mut Resolver<'_>, scope: &mut Scope<'_>, start: usize, table: &TableWithJoins) {
    let span = r.source.node(&table.relation);
    r.deeper(span, (), |r| {
        factor(r, scope, &table.relation);
        for join in &table.joins {
            let middle = scope.relations.len();
            factor(r, scope, &join.relation);
            join::join(r, scope, (start, middle), join);
        }
    });
}

pub(crate) fn factor(r: &mut Resolver<'_>, scope: &mut Scope<'_>, factor: &TableFactor) {
    let span = r.source.node(factor);
    match factor {
        TableFactor::Table {
            name, alias, args, with_ordinality, version, sample, json_path, index_directives, ..
        } => {
            let named_index = index_directives.iter().any(|own| !matches!(own, TableIndexDirective::NotIndexed));
            if version.is_some() || sample.is_some() || json_path.is_some() || named_index {
                r.cannot_judge(span.clone(), "this form of a table is not checked");
            }
            let mut relation = match args {
                Some(args) => table::table_function(r, scope, name, &args.args, *with_ordinality, alias.as_ref()),
                None => table::table(r, scope, name, alias.as_ref()),
            };
            rename_columns(r, &mut relation, alias.as_ref());
            add(r, scope, relation, span);
        }
        TableFactor::Function { name, args, with_ordinality, alias, .. } => {
            let mut relation = table::table_function(r, scope, name, args, *with_ordinality, alias.as_ref());
            rename_columns(r, &mut relation, alias.as_ref());
            add(r, scope, relation, span);
        }
        TableFactor::UNNEST { alias, array_exprs, with_offset, with_ordinality, .. } => {
            if *with_offset {
                r.refuse(span.clone(), format!("{} has no WITH OFFSET", r.dialect));
            }
            let args: Vec<FunctionArg> =
                array_exprs.iter().map(|expr| FunctionArg::Unnamed(FunctionArgExpr::Expr(expr.clone()))).collect();
            let name = ObjectName::from(vec![Ident::new("unnest")]);
            let mut relation = table::table_function(r, scope, &name, &args, *with_ordinality, alias.as_ref());
            rename_columns(r, &mut relation, alias.as_ref());
            add(r, scope, relation, span);
        }
        TableFactor::Derived { lateral, subquery, alias, .. } => {
            let relation = derived(r, scope, *lateral, subquery, alias.as_ref(), span.clone());
            add(r, scope, relation, span);
        }
        TableFactor::NestedJoin { table_with_joins, alias } => {
            if alias.is_some() {
                r.cannot_judge(span.clone(), "an alias of a join is not checked");
            }
            self::table_with_joins(r, scope, scope.relations.len(), table_with_joins);
        }
        TableFactor::JsonTable { json_expr, alias, .. } if r.dialect.query().json_table => {
            r.expr(&scope.within(Clause::Plain("FROM")), json_expr);
            r.cannot_judge(span, "JSON_TABLE is not checked");
            let name = alias.as_ref().map(|alias| r.dialect.table_name(&alias.name));
            scope.relations.push(Relation::opaque(name.unwrap_or_default()));
        }
        _ => {
            r.cannot_judge(span, "this form of a table is not checked");
            scope.relations.push(Relation::opaque(String::new()));
        }
    }
}

/// A sub-query in FROM.
fn derived(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    lateral: bool,
    subquery: &Query,
    alias: Option<&TableAlias>,
    span: Range<usize>,
) -> Relation {
    let outputs = if lateral {
        if !r.dialect.query().lateral {
            r.refuse(span.clone(), format!("{} has no LATERAL", r.dialect));
        }
        let seen = scope.clone();
        r.query(&seen.inner(), subquery)
    } else {
        let seen = Scope::new(scope.parent, Rc::clone(&scope.ctes));
        r.query(&seen, subquery)
    };
    let columns = output::as_columns(r, outputs);
    output::distinct_names(r, &columns, span.clone());
    let name = alias.map(|alias| r.dialect.table_name(&alias.name));
    if name.is_none() && !r.dialect.query().unnamed_subquery {
        r.refuse(span.clone(), "a sub-query in FROM needs an alias");
    }
    let mut relation = Relation::of_columns(name.unwrap_or_default(), columns);
    rename_columns(r, &mut relation, alias);
    relation
}

fn add(r: &mut Resolver<'_>, scope: &mut Scope<'_>, relation: Relation, span: Range<usize>) {
    let twice = !relation.name.is_empty()
        && scope.relations.iter().any(|own| own.name == relation.name && same_namespace(own, &relation));
    if twice {
        let message = format!("two tables are called `{}` here", relation.name);
        // SQLite complains only when a column is asked for.
        let certain = !r.dialect.query().late_ambiguity;
        let problem = if certain { Problem::new(span, message) } else { Problem::cannot_judge(span, message) };
        r.report(problem.help("give one of them another alias"));
    }
    scope.relations.push(relation);
}

fn rename_columns(r: &mut Resolver<'_>, relation: &mut Relation, alias: Option<&TableAlias>) {
    let Some(alias) = alias else { return };
    let names: Vec<&Ident> = alias.columns.iter().map(|own| &own.name).collect();
    if names.is_empty() {
        // A function that gives one column names it after the alias.
        if relation.scalar
            && let [column] = relation.columns.as_mut_slice()
        {
            column.key = r.dialect.column_name(&alias.name);
            column.name.clone_from(&column.key);
        }
        return;
    }
    if !r.dialect.query().alias_columns {
        r.refuse(r.source.ident(&alias.name), format!("{} has no column names in a table's alias", r.dialect));
    }
    let opaque = relation.opaque;
    relation.columns = output::renamed(r, std::mem::take(&mut relation.columns), &names, opaque);
}

fn same_namespace(one: &Relation, other: &Relation) -> bool {
    match (&one.namespace, &other.namespace) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}
