//! What one name in FROM gives: a table, a view, a query of WITH, or a function's rows.

use sqlparser::ast::{FunctionArg, ObjectName, TableAlias};

use crate::resolve::expr::call;
use crate::resolve::relation::{Relation, ScopeColumn};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::types::INT8;
use crate::typing::call::Call;
use crate::typing::rows::DeclaredColumn;
use crate::verdict::Access;
use secure_forms_core::nearest::nearest;

/// A table, a view or a CTE.
pub(crate) fn table(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &ObjectName,
    alias: Option<&TableAlias>,
) -> Relation {
    let (namespace, own) = r.schema.key(name);
    let called = alias.map_or_else(|| own.clone(), |alias| r.dialect.table_name(&alias.name));
    if name.0.len() == 1
        && let Some(cte) = scope.ctes.iter().rev().find(|cte| cte.name == own)
    {
        let relation = Relation::of_columns(called, cte.columns.clone());
        return Relation { opaque: cte.opaque, ..relation };
    }
    if r.dialect.query().dual && name.0.len() == 1 && own.eq_ignore_ascii_case("dual") {
        return Relation::of_columns(called, Vec::new());
    }
    if let Some(table) = r.schema.tables.get(&(namespace.clone(), own.clone())) {
        r.tables.note(table.full_name(), Access::Read);
        let namespace = alias.is_none().then(|| table.namespace.clone().unwrap_or_default());
        return Relation { namespace, ..Relation::of_table(table, called, r.dialect) };
    }
    missing_table(r, name, &namespace, &own);
    Relation::opaque(called)
}

pub(crate) fn missing_table(r: &mut Resolver<'_>, name: &ObjectName, namespace: &str, own: &str) {
    let span = r.source.name(name);
    if r.dialect.is_built_in_table(namespace, own) {
        r.cannot_judge(span, format!("the columns of `{own}` are not known"));
        return;
    }
    let near =
        nearest(own, r.schema.tables.keys().filter(|(schema, _)| schema == namespace).map(|(_, name)| name.as_str()));
    let help = near.map(|name| format!("did you mean `{name}`?"));
    r.inference.missing(span, format!("no table `{own}`"), help);
}

/// The rows of a function.
pub(crate) fn table_function(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    name: &ObjectName,
    args: &[FunctionArg],
    with_ordinality: bool,
    alias: Option<&TableAlias>,
) -> Relation {
    let (namespace, own) = r.schema.key(name);
    let own = own.to_lowercase();
    let called = alias.map_or_else(|| own.clone(), |alias| r.dialect.table_name(&alias.name));
    let namespace = (name.0.len() > 1).then_some(namespace).filter(|own| !own.is_empty());
    let mut call = Call::new(own, namespace, r.source.name(name));
    let inner = scope.within(Clause::Plain("FROM"));
    call::arguments_in_from(r, &inner, args, &mut call);
    let declared = alias.map_or(&[][..], |alias| alias.columns.as_slice()).iter().map(|own| DeclaredColumn {
        name: r.dialect.column_name(&own.name),
        data_type: own.data_type.as_ref(),
        span: r.source.ident(&own.name),
    });
    let declared: Vec<_> = declared.collect();
    let mut relation = match r.typing.rows(&mut r.inference, &call, &declared) {
        Some(rows) => Relation::of_rows(rows, called),
        None => Relation::opaque(called),
    };
    if with_ordinality {
        relation.scalar = false;
        relation.columns.push(ScopeColumn::new("ordinality".to_owned(), INT8, false));
    }
    relation
}
