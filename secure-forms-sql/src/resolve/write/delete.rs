//! DELETE (the databases' pages of this name).

use sqlparser::ast::{Delete, FromTable, TableFactor, TableWithJoins};

use crate::resolve::relation::Output;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::Scope;
use crate::resolve::write::target;
use crate::verdict::Access;

pub(crate) fn delete(r: &mut Resolver<'_>, outer: &Scope<'_>, delete: &Delete) -> Option<Vec<Output>> {
    let span = r.source.range(delete.delete_token.0.span);
    let rules = r.dialect.write();
    let FromTable::WithFromKeyword(from) = &delete.from else {
        r.refuse(span, format!("{} needs FROM after DELETE", r.dialect));
        return None;
    };
    let foreign = delete.output.is_some()
        || delete.settings.is_some()
        || ((!delete.order_by.is_empty() || delete.limit.is_some()) && !rules.ordered)
        || (!delete.tables.is_empty() && !rules.several_targets)
        || (delete.using.is_some() && !rules.delete_using);
    if foreign {
        r.refuse(span.clone(), format!("{} has no such form of DELETE", r.dialect));
    }
    if rules.several_targets && delete.using.is_some() {
        r.cannot_judge(span, format!("DELETE … USING is not checked for {}", r.dialect));
        return None;
    }
    let several = from.len() > 1 || from.iter().any(|own| !own.joins.is_empty()) || !delete.tables.is_empty();
    if several && rules.several_targets {
        return delete_from_several(r, outer, delete, from);
    }
    let [TableWithJoins { relation: TableFactor::Table { name, alias, .. }, joins }] = from.as_slice() else {
        r.refuse(span, "DELETE takes one table");
        return None;
    };
    if !joins.is_empty() {
        r.refuse(span, format!("{} has no join in DELETE", r.dialect));
        return None;
    }
    let table = target::target(r, name)?;
    target::alias_of_target(r, alias.as_ref());
    let mut scope = target::target_scope(r, outer, table, alias.as_ref().map(|alias| &alias.name), name);
    target::more_tables(r, &mut scope, delete.using.as_deref().unwrap_or_default());
    target::filter(r, &scope, outer, delete.selection.as_ref());
    target::order_and_limit(r, &scope, &delete.order_by, delete.limit.as_ref());
    target::returning(r, &scope, delete.returning.as_deref(), "DELETE")
}

/// MariaDB: `DELETE a, b FROM a JOIN b …`.
fn delete_from_several(
    r: &mut Resolver<'_>,
    outer: &Scope<'_>,
    delete: &Delete,
    from: &[TableWithJoins],
) -> Option<Vec<Output>> {
    let mut scope = outer.inner();
    target::more_tables(r, &mut scope, from);
    for name in &delete.tables {
        let key = r.schema.key(name).1;
        match scope.relation(None, &key) {
            Some((_, _, relation)) => {
                let table = relation.columns.iter().find_map(|column| column.from.clone());
                r.tables.note(table.map_or(key, |(table, _)| table), Access::Write);
            }
            None => {
                r.refuse(r.source.name(name), format!("no table `{key}` in this FROM"));
            }
        }
    }
    target::filter(r, &scope, outer, delete.selection.as_ref());
    None
}
