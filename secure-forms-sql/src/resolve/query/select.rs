//! SELECT: its clauses in the order in which they see each other. In goes a SELECT, out come its columns (PostgreSQL
//! 7.2 and 7.3).

use std::rc::Rc;

use sqlparser::ast::{Expr, GroupByExpr, NamedWindowExpr, OrderBy, Select, SelectItem};

use crate::resolve::expr::{aggregate, window};
use crate::resolve::query::{from, group, order, projection};
use crate::resolve::relation::{Output, Relation};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::typing::value::Typed;

pub(crate) fn select(r: &mut Resolver<'_>, outer: &Scope<'_>, select: &Select, order: Option<&OrderBy>) -> Vec<Output> {
    refuse_foreign_clauses(r, select);
    let mut scope = Scope::new(outer.parent, Rc::clone(&outer.ctes));
    from::tables_of(r, &mut scope, &select.from);
    let aliases = alias_places(r, select);
    group::group(r, &mut scope, select, order, &aliases);
    scope.windows = select.named_window.iter().map(|window| r.dialect.column_name(&window.0)).collect();
    for window in &select.named_window {
        if let NamedWindowExpr::WindowSpec(spec) = &window.1 {
            window::specification(r, &scope, spec);
        }
    }
    if aggregate::is_one_row_of_all(r, select, order) {
        // Of no rows at all it still makes one, in which what is not aggregated is NULL.
        scope.relations.iter_mut().for_each(Relation::make_nullable);
    }
    let mut outputs = projection::projection(r, &scope, select);
    if groups_in_sets(select) {
        // The rows of a super-aggregate have NULL in what they are not grouped by.
        outputs.iter_mut().for_each(|output| output.typed.nullable = true);
    }
    let lenient = if r.dialect.query().aliases_in_having { alias_types(r, select, &outputs) } else { Vec::new() };
    if let Some(selection) = &select.selection {
        let mut filter = Scope { grouped: None, ..scope.within(Clause::Plain("WHERE")) };
        if r.dialect.query().aliases_in_where {
            filter.aliases.clone_from(&lenient);
        }
        r.condition(&filter, selection, "WHERE");
    }
    scope.aliases = lenient;
    if let Some(having) = &select.having {
        r.condition(&scope.within(Clause::Having), having, "HAVING");
    }
    order::order(r, &scope, select, order, &outputs);
    order::distinct(r, &scope, select, order, &outputs);
    outputs
}

fn refuse_foreign_clauses(r: &mut Resolver<'_>, select: &Select) {
    let foreign = select.top.is_some()
        || select.exclude.is_some()
        || select.into.is_some()
        || !select.lateral_views.is_empty()
        || select.prewhere.is_some()
        || !select.connect_by.is_empty()
        || !select.cluster_by.is_empty()
        || !select.distribute_by.is_empty()
        || !select.sort_by.is_empty()
        || select.qualify.is_some()
        || select.value_table_mode.is_some()
        || select.flavor != sqlparser::ast::SelectFlavor::Standard
        || (select.select_modifiers.is_some() && !r.dialect.query().select_modifiers)
        || (select.projection.is_empty() && !r.dialect.query().empty_select_list);
    if foreign {
        let span = r.source.node(select);
        r.cannot_judge(span, format!("a clause of this SELECT is not checked for {}", r.dialect));
    }
}

fn alias_places<'s>(r: &Resolver<'_>, select: &'s Select) -> Vec<(String, &'s Expr)> {
    select
        .projection
        .iter()
        .filter_map(|item| match item {
            SelectItem::ExprWithAlias { expr, alias } => Some((r.dialect.column_name(alias), expr)),
            _ => None,
        })
        .collect()
}

fn alias_types(r: &Resolver<'_>, select: &Select, outputs: &[Output]) -> Vec<(String, Typed)> {
    let names = alias_places(r, select);
    let find = |key: &String| outputs.iter().find(|output| output.name.to_lowercase() == *key.to_lowercase());
    names.iter().filter_map(|(key, _)| find(key).map(|output| (key.clone(), output.typed.clone()))).collect()
}

fn groups_in_sets(select: &Select) -> bool {
    match &select.group_by {
        GroupByExpr::Expressions(expressions, modifiers) => {
            let in_sets = |expr: &Expr| matches!(expr, Expr::Rollup(_) | Expr::Cube(_) | Expr::GroupingSets(_));
            !modifiers.is_empty() || expressions.iter().any(in_sets)
        }
        GroupByExpr::All(_) => false,
    }
}
