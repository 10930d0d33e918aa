//! The table that a statement writes, what its clauses see of it, and its RETURNING.

use sqlparser::ast::{Expr, Ident, ObjectName, SelectItem, TableAlias, TableWithJoins};

use crate::problem::Problem;
use crate::resolve::query::{from, naming, projection, table};
use crate::resolve::relation::{Output, Relation};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::schema::{Table, TableColumn, TableKind};
use crate::verdict::Access;
use secure_forms_core::nearest::nearest;

/// The table that is written, and its place in the list of tables.
pub(crate) fn target<'a>(r: &mut Resolver<'a>, name: &ObjectName) -> Option<&'a Table> {
    let key = r.schema.key(name);
    let schema = r.schema;
    let Some(table) = schema.tables.get(&key) else {
        table::missing_table(r, name, &key.0, &key.1);
        return None;
    };
    r.tables.note(table.full_name(), Access::Write);
    if table.kind == TableKind::View {
        // Whether a view can be written depends on its query and on triggers.
        r.cannot_judge(r.source.name(name), format!("writing to the view `{}` is not checked", table.name));
    }
    Some(table)
}

pub(crate) fn target_scope<'p>(
    r: &Resolver<'_>,
    outer: &'p Scope<'p>,
    table: &Table,
    alias: Option<&Ident>,
    name: &ObjectName,
) -> Scope<'p> {
    let called = alias.map_or_else(|| r.schema.key(name).1, |alias| r.dialect.table_name(alias));
    let mut scope = outer.inner();
    scope.relations.push(Relation::of_table(table, called, r.dialect));
    scope
}

pub(crate) fn table_column<'a>(r: &mut Resolver<'a>, table: &'a Table, ident: &Ident) -> Option<&'a TableColumn> {
    let key = r.dialect.column_name(ident);
    let found = table.column(&key);
    if found.is_none() {
        let span = r.source.ident(ident);
        let near = nearest(&ident.value, table.columns.iter().map(|column| column.name.as_str()));
        let message = format!("no column `{}` in `{}`", ident.value, table.name);
        let problem = if table.uncertain { Problem::cannot_judge(span, message) } else { Problem::new(span, message) };
        r.report(problem.maybe_help(near.map(|name| format!("did you mean `{name}`?"))));
    }
    found
}

/// SQLite wants `AS` before the alias of a table that is written.
pub(crate) fn alias_of_target(r: &mut Resolver<'_>, alias: Option<&TableAlias>) {
    if let Some(alias) = alias
        && r.dialect.write().alias_needs_as
        && !alias.explicit
    {
        let problem = Problem::new(r.source.ident(&alias.name), format!("{} needs AS before this alias", r.dialect));
        r.report(problem.help(format!("write `AS {}`", alias.name.value)));
    }
}

pub(crate) fn more_tables(r: &mut Resolver<'_>, scope: &mut Scope<'_>, tables: &[TableWithJoins]) {
    for table in tables {
        from::table_with_joins(r, scope, scope.relations.len(), table);
    }
}

pub(crate) fn filter(r: &mut Resolver<'_>, scope: &Scope<'_>, outer: &Scope<'_>, selection: Option<&Expr>) {
    if let Some(selection) = selection {
        r.condition(&scope.within(Clause::Plain("WHERE")), selection, "WHERE");
    }
    if outer.parent.is_none() {
        r.has_where = selection.is_some();
    }
}

pub(crate) fn order_and_limit(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    order: &[sqlparser::ast::OrderByExpr],
    limit: Option<&Expr>,
) {
    for item in order {
        r.expr(scope, &item.expr);
    }
    if let Some(limit) = limit {
        let typed = r.expr(&Scope::top(), limit);
        r.typing.assign(&mut r.inference, &typed, &crate::types::INT8, r.source.node(limit), "LIMIT");
    }
}

pub(crate) fn returning(
    r: &mut Resolver<'_>,
    scope: &Scope<'_>,
    items: Option<&[SelectItem]>,
    statement: &str,
) -> Option<Vec<Output>> {
    let items = items?;
    if !r.dialect.write().update_returning && statement == "UPDATE" {
        r.refuse(r.source.all(), format!("{} has no RETURNING on UPDATE", r.dialect));
    }
    let start = returning_start(r);
    let texts = naming::texts_after(r, start);
    Some(projection::items(r, &scope.within(Clause::Plain("RETURNING")), items, &texts))
}

fn returning_start(r: &Resolver<'_>) -> Option<usize> {
    let last = r.tokens.iter().rev().find(|token| token.token.to_string().eq_ignore_ascii_case("RETURNING"))?;
    r.source.byte(last.span.end)
}
