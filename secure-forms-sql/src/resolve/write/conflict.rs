//! ON CONFLICT: the columns that conflict, and what is done then (PostgreSQL "INSERT", SQLite "UPSERT").

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::{ConflictTarget, DoUpdate, Ident, ObjectName, OnConflict, OnConflictAction};

use crate::problem::Problem;
use crate::resolve::relation::Relation;
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::resolve::write::{assignment, target};
use crate::schema::Table;

pub(crate) fn on_conflict<'a>(
    r: &mut Resolver<'a>,
    outer: &Scope<'_>,
    table: &'a Table,
    conflict: &OnConflict,
    alias: Option<&Ident>,
    name: &ObjectName,
    span: Range<usize>,
) {
    if !r.dialect.write().on_conflict {
        r.refuse(span, format!("{} has no ON CONFLICT", r.dialect));
        return;
    }
    match &conflict.conflict_target {
        Some(ConflictTarget::Columns { columns, predicate }) => {
            let scope = target::target_scope(r, outer, table, alias, name);
            let keys: BTreeSet<String> = columns.iter().map(|ident| r.dialect.column_name(ident)).collect();
            let known = columns.iter().all(|ident| target::table_column(r, table, ident).is_some());
            if let Some(predicate) = predicate {
                r.condition(&scope.within(Clause::Plain("WHERE")), predicate, "WHERE");
            }
            let unique = table.uniques.contains(&keys);
            if known && !unique && !table.uncertain {
                no_unique(r, columns, predicate.is_some());
            }
        }
        Some(ConflictTarget::OnConstraint(constraint)) => {
            let key = r.schema.key(constraint).1;
            if !r.dialect.write().on_constraint {
                r.refuse(r.source.name(constraint), format!("{} has no ON CONSTRAINT", r.dialect));
            } else if !table.constraints.contains(&key) {
                let message = format!("no constraint `{key}` is known for `{}`", table.name);
                r.cannot_judge(r.source.name(constraint), message);
            }
        }
        None if matches!(conflict.action, OnConflictAction::DoUpdate(_))
            && r.dialect.write().conflict_columns_required =>
        {
            let problem = Problem::new(span, "ON CONFLICT DO UPDATE needs to say which columns conflict");
            r.report(problem.help("write `ON CONFLICT (column) DO UPDATE …`"));
        }
        None => {}
    }
    if let OnConflictAction::DoUpdate(update) = &conflict.action {
        do_update(r, outer, table, update, alias, name);
    }
}

/// SQLite looks for the index when it prepares; PostgreSQL does when it plans.
fn no_unique(r: &mut Resolver<'_>, columns: &[Ident], partial: bool) {
    let span = match (columns.first(), columns.last()) {
        (Some(first), Some(last)) => r.source.ident(first).start..r.source.ident(last).end,
        _ => r.source.all(),
    };
    if r.dialect.write().conflict_index_known {
        let problem = if partial { Problem::cannot_judge } else { Problem::new };
        r.report(problem(span, "no UNIQUE or PRIMARY KEY is on exactly these columns".to_owned()));
    }
}

fn do_update<'a>(
    r: &mut Resolver<'a>,
    outer: &Scope<'_>,
    table: &'a Table,
    update: &DoUpdate,
    alias: Option<&Ident>,
    name: &ObjectName,
) {
    let mut scope = target::target_scope(r, outer, table, alias, name);
    let excluded = Relation::of_table(table, "excluded".to_owned(), r.dialect);
    scope.relations.push(Relation {
        namespace: None,
        // PostgreSQL finds a bare name in both tables and refuses it.
        qualified_only: r.dialect.write().excluded_is_qualified,
        system_columns: false,
        ..excluded
    });
    assignment::assignments(r, &scope, table, &update.assignments, "SET");
    if let Some(selection) = &update.selection {
        r.condition(&scope.within(Clause::Plain("WHERE")), selection, "WHERE");
    }
}
