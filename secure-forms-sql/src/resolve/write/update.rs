//! UPDATE (the databases' pages of this name).

use sqlparser::ast::{TableFactor, Update, UpdateTableFromKind};

use crate::resolve::query::from;
use crate::resolve::relation::Output;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::resolve::write::{assignment, target};
use crate::schema::Table;
use crate::verdict::{Access, TableUse};

pub(crate) fn update(r: &mut Resolver<'_>, outer: &Scope<'_>, update: &Update) -> Option<Vec<Output>> {
    let span = r.source.range(update.update_token.0.span);
    let foreign = update.output.is_some()
        || update.settings.is_some()
        || (update.or.is_some() && !r.dialect.write().or_action)
        || ((!update.order_by.is_empty() || update.limit.is_some()) && !r.dialect.write().ordered)
        || (!update.table.joins.is_empty() && !r.dialect.write().several_targets)
        || (update.from.is_some() && !r.dialect.write().update_from);
    if foreign {
        r.refuse(span.clone(), format!("{} has no such form of UPDATE", r.dialect));
    }
    let TableFactor::Table { name, alias, .. } = &update.table.relation else {
        r.cannot_judge(span, "this target of UPDATE is not checked");
        return None;
    };
    let table = target::target(r, name)?;
    target::alias_of_target(r, alias.as_ref());
    let mut scope = outer.inner();
    if r.dialect.write().several_targets {
        from::table_with_joins(r, &mut scope, 0, &update.table);
        promote_target(r, table);
    } else {
        scope = target::target_scope(r, outer, table, alias.as_ref().map(|alias| &alias.name), name);
    }
    let tables = match &update.from {
        Some(UpdateTableFromKind::BeforeSet(tables) | UpdateTableFromKind::AfterSet(tables)) => tables.as_slice(),
        None => &[],
    };
    target::more_tables(r, &mut scope, tables);
    // The order in which PostgreSQL analyses: conditions and RETURNING settle parameters before SET does.
    target::filter(r, &scope, outer, update.selection.as_ref());
    // SQLite's RETURNING does not see the tables of FROM.
    let seen = if r.dialect.write().returning_sees_target { 1 } else { scope.relations.len() };
    let target = Scope { relations: scope.relations.iter().take(seen).cloned().collect(), ..scope.clone() };
    let outputs = target::returning(r, &target, update.returning.as_deref(), "UPDATE");
    assignment::assignments(r, &scope, table, &update.assignments, "SET");
    target::order_and_limit(r, &scope, &update.order_by, update.limit.as_ref());
    outputs
}

/// `from` has noted the target as read: it is one table, not two.
fn promote_target(r: &mut Resolver<'_>, table: &Table) {
    r.tables.forget(&TableUse { name: table.full_name(), access: Access::Read });
}
