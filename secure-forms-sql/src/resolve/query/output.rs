//! The columns of a query's result: for whoever asked for the verdict, and for the query around it.

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::Ident;

use crate::problem::Problem;
use crate::resolve::relation::{Output, ScopeColumn};
use crate::resolve::resolver::Resolver;
use crate::types::Ty;
use crate::typing::value::Typed;
use crate::verdict::Column;

pub(crate) fn finished(r: &mut Resolver<'_>, outputs: Vec<Output>) -> Vec<(Column, Ty)> {
    let mut columns = Vec::with_capacity(outputs.len());
    for mut output in outputs {
        close(r, &mut output);
        let ty = r.schema.public_type(&output.typed.ty);
        let Typed { ty: sql, nullable, from, .. } = output.typed;
        columns.push((Column { name: output.name, ty, nullable, from }, sql));
    }
    columns
}

/// What has no type by now gets one, where the dialect has a rule for it.
pub(crate) fn close(r: &mut Resolver<'_>, output: &mut Output) {
    let span = output.span.clone();
    output.typed = r.typing.text_if_open(&mut r.inference, output.typed.clone(), span);
}

/// Columns for the query around this one.
pub(crate) fn as_columns(r: &mut Resolver<'_>, outputs: Vec<Output>) -> Vec<ScopeColumn> {
    outputs
        .into_iter()
        .map(|mut output| {
            close(r, &mut output);
            let key = r.dialect.result_key(&output.name);
            let Typed { ty, nullable, from, .. } = output.typed;
            ScopeColumn { key, name: output.name, ty, nullable, from, merged: false }
        })
        .collect()
}

/// Columns under new names; more names than columns are refused.
pub(crate) fn renamed(
    r: &mut Resolver<'_>,
    mut columns: Vec<ScopeColumn>,
    names: &[&Ident],
    strict: bool,
) -> Vec<ScopeColumn> {
    if names.is_empty() {
        return columns;
    }
    let too_many = names.len() > columns.len();
    let too_few = strict && names.len() < columns.len() && r.dialect.query().all_columns_named;
    if (too_many || too_few) && r.is_content() {
        let span = names.first().map_or(0..0, |ident| r.source.ident(ident));
        r.refuse(span, format!("{} names for {} columns", names.len(), columns.len()));
    }
    for (column, ident) in columns.iter_mut().zip(names) {
        column.key = r.dialect.column_name(ident);
        column.name = r.dialect.shown_name(ident);
    }
    columns
}

/// MariaDB: the columns of a query in FROM or WITH have names of their own.
pub(crate) fn distinct_names(r: &mut Resolver<'_>, columns: &[ScopeColumn], span: Range<usize>) {
    let mut seen = BTreeSet::new();
    if r.dialect.query().distinct_columns
        // One without a name gets one.
        && let Some(twice) = columns.iter().find(|own| !own.key.is_empty() && !seen.insert(own.key.as_str()))
    {
        let problem = Problem::new(span, format!("two columns of this query are called `{}`", twice.name));
        r.report(problem.help("give one of them an alias"));
    }
}
