//! SET: which column each value goes to.

use std::collections::BTreeSet;

use sqlparser::ast::{Assignment, AssignmentTarget, Expr, Ident, ObjectName};

use crate::resolve::expr::column;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::resolve::write::{stored, target};
use crate::schema::{Table, TableColumn};

pub(crate) fn assignments<'a>(
    r: &mut Resolver<'a>,
    scope: &Scope<'_>,
    table: &'a Table,
    assignments: &[Assignment],
    clause: &'static str,
) {
    let scope = scope.within(Clause::Plain(clause));
    let mut seen = BTreeSet::new();
    for assignment in assignments {
        match &assignment.target {
            AssignmentTarget::ColumnName(name) => {
                if let Some(column) = assigned(r, &scope, table, name) {
                    if !seen.insert(column.key.clone()) && !r.dialect.write().repeated_set {
                        r.refuse(r.source.name(name), format!("column `{}` is set twice", column.name));
                    }
                    stored::stored(r, &scope, &assignment.value, column, false);
                } else {
                    r.expr(&scope, &assignment.value);
                }
            }
            AssignmentTarget::Tuple(names) => row_assignment(r, &scope, table, names, &assignment.value),
        }
    }
}

fn row_assignment<'a>(r: &mut Resolver<'a>, scope: &Scope<'_>, table: &'a Table, names: &[ObjectName], value: &Expr) {
    let columns: Vec<Option<&TableColumn>> = names.iter().map(|name| assigned(r, scope, table, name)).collect();
    let span = r.source.node(value);
    let count = match value {
        Expr::Tuple(values) => {
            for (value, column) in values.iter().zip(&columns) {
                match column {
                    Some(column) => stored::stored(r, scope, value, column, false),
                    None => {
                        r.expr(scope, value);
                    }
                }
            }
            values.len()
        }
        Expr::Subquery(query) => {
            let outputs = r.query(&scope.inner(), query);
            for (output, column) in outputs.iter().zip(&columns) {
                if let Some(column) = column {
                    stored::store(r, &output.typed, output.span.clone(), column, false);
                }
            }
            outputs.len()
        }
        _ => {
            r.cannot_judge(span, "this form of SET is not checked");
            return;
        }
    };
    if count != columns.len() && r.is_content() {
        r.refuse(span, format!("{count} values for {} columns", columns.len()));
    }
}

/// The column that SET names; MariaDB may say which table's.
fn assigned<'a>(
    r: &mut Resolver<'a>,
    scope: &Scope<'_>,
    table: &'a Table,
    name: &ObjectName,
) -> Option<&'a TableColumn> {
    let idents: Vec<&Ident> = name.0.iter().filter_map(|part| part.as_ident()).collect();
    match (idents.as_slice(), r.dialect.write().qualified_set) {
        ([ident], true) if scope.relations.len() > 1 => column_of_any(r, scope, None, ident),
        ([ident], _) => target::table_column(r, table, ident),
        ([.., qualifier, ident], true) => column_of_any(r, scope, Some(qualifier), ident),
        ([first, ..], _) => {
            // PostgreSQL: the field of a composite column.
            if target::table_column(r, table, first).is_some() {
                r.cannot_judge(r.source.name(name), "setting a part of a column is not checked");
            }
            None
        }
        _ => None,
    }
}

fn column_of_any<'a>(
    r: &mut Resolver<'a>,
    scope: &Scope<'_>,
    qualifier: Option<&Ident>,
    ident: &Ident,
) -> Option<&'a TableColumn> {
    let typed = match qualifier {
        Some(qualifier) => column::qualified(r, scope, &[qualifier.clone(), ident.clone()]),
        None => column::column(r, scope, ident),
    };
    let (table, _) = typed.from?;
    let schema = r.schema;
    let table = schema.tables.values().find(|own| own.full_name() == table)?;
    table.column(&r.dialect.column_name(ident))
}
