//! INSERT: which columns are filled, with what, and what happens on a conflict. Parameters take the types of the columns
//! that they are stored in (the databases' pages of this name).

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::{AssignmentTarget, Insert, ObjectName, OnInsert, SetExpr, TableObject};

use crate::resolve::relation::{Output, Relation};
use crate::resolve::resolver::Resolver;
use crate::resolve::scope::{Clause, Scope};
use crate::resolve::write::{assignment, conflict, stored, target};
use crate::schema::{Table, TableColumn, TableKind};
use crate::verdict::InsertNotes;

pub(crate) fn insert(r: &mut Resolver<'_>, outer: &Scope<'_>, insert: &Insert) -> Option<Vec<Output>> {
    let span = r.source.range(insert.insert_token.0.span);
    let foreign = insert.overwrite
        || insert.by_name
        || insert.partitioned.is_some()
        || !insert.after_columns.is_empty()
        || insert.output.is_some()
        || insert.settings.is_some()
        || insert.format_clause.is_some()
        || insert.multi_table_insert_type.is_some()
        || (insert.or.is_some() && !r.dialect.write().or_action)
        || (insert.ignore && !r.dialect.write().insert_ignore)
        || (insert.replace_into && !r.dialect.write().replace)
        || (insert.overriding.is_some() && !r.dialect.write().overriding)
        || (!insert.into && !r.dialect.write().insert_without_into)
        || (insert.priority.is_some() && !r.dialect.write().insert_priority)
        || (!insert.assignments.is_empty() && !r.dialect.write().insert_set)
        || insert.has_table_keyword;
    if foreign {
        r.refuse(span.clone(), format!("{} has no such form of INSERT", r.dialect));
    }
    let TableObject::TableName(name) = &insert.table else {
        r.cannot_judge(span, "this target of INSERT is not checked");
        return None;
    };
    let table = target::target(r, name)?;
    let columns = insert_columns(r, table, insert, name);
    match &insert.source {
        Some(source) => insert_source(r, outer, table, source, &columns, insert, name),
        None if !insert.assignments.is_empty() => {
            let scope =
                target::target_scope(r, outer, table, insert.table_alias.as_ref().map(|alias| &alias.alias), name);
            assignment::assignments(r, &scope, table, &insert.assignments, "SET");
        }
        // DEFAULT VALUES
        None => {}
    }
    if outer.parent.is_none() && outer.relations.is_empty() {
        insert_notes(r, table, insert, &columns);
    }
    let alias = insert.table_alias.as_ref().map(|alias| &alias.alias);
    match &insert.on {
        Some(OnInsert::OnConflict(conflict)) => conflict::on_conflict(r, outer, table, conflict, alias, name, span),
        Some(OnInsert::DuplicateKeyUpdate(assignments)) if r.dialect.write().duplicate_key_update => {
            let scope = target::target_scope(r, outer, table, alias, name);
            assignment::assignments(r, &scope, table, assignments, "SET");
        }
        Some(_) => {
            r.refuse(span, format!("{} has no such clause of INSERT", r.dialect));
        }
        None => {}
    }
    let scope = target::target_scope(r, outer, table, alias, name);
    target::returning(r, &scope, insert.returning.as_deref(), "INSERT")
}

fn insert_columns<'a>(
    r: &mut Resolver<'a>,
    table: &'a Table,
    insert: &Insert,
    name: &ObjectName,
) -> Option<Vec<&'a TableColumn>> {
    if insert.columns.is_empty() {
        let all: Vec<&TableColumn> =
            table.columns.iter().filter(|column| !(r.dialect.write().computed_left_out && column.generated)).collect();
        return (!table.uncertain).then_some(all);
    }
    let mut seen = BTreeSet::new();
    let mut columns = Vec::new();
    for column in &insert.columns {
        let ident = column.0.last().and_then(|part| part.as_ident())?;
        let key = r.dialect.column_name(ident);
        // SQLite stores what is given for the rowid, and full-text tables take commands in a column of their own name.
        let hidden = r.dialect.query().rowid
            && ((table.has_rowid && matches!(key.as_str(), "rowid" | "_rowid_" | "oid"))
                || (table.kind == TableKind::Virtual && r.schema.key(name).1 == key));
        if hidden && table.column(&key).is_none() {
            return None;
        }
        let own = target::table_column(r, table, ident)?;
        if !seen.insert(key) && !r.dialect.write().repeated_column {
            r.refuse(r.source.ident(ident), format!("column `{}` is named twice", own.name));
        }
        columns.push(own);
    }
    Some(columns)
}

fn insert_source<'a>(
    r: &mut Resolver<'a>,
    outer: &Scope<'_>,
    table: &'a Table,
    source: &sqlparser::ast::Query,
    columns: &Option<Vec<&'a TableColumn>>,
    insert: &Insert,
    name: &ObjectName,
) {
    let Some(columns) = columns else {
        r.query(outer, source);
        return;
    };
    let too_many = |r: &mut Resolver<'_>, span: Range<usize>, count: usize| {
        let fewer_is_fine = r.dialect.write().fewer_values && insert.columns.is_empty() && count < columns.len();
        if count != columns.len() && !fewer_is_fine && r.is_content() {
            r.refuse(span, format!("{count} values for {} columns", columns.len()));
        }
    };
    if let SetExpr::Values(values) = source.body.as_ref()
        && source.with.is_none()
    {
        if insert.columns.is_empty()
            && r.dialect.write().empty_row
            && values.rows.iter().all(|row| row.content.is_empty())
        {
            return;
        }
        let width = values.rows.first().map_or(0, |row| row.content.len());
        let scope = values_scope(r, outer, table, name);
        for row in &values.rows {
            let span = r.source.range(sqlparser::ast::Spanned::span(row));
            if row.content.len() != width {
                r.refuse(span, "all rows of VALUES must have as many values");
                continue;
            }
            too_many(r, span, row.content.len());
            for (value, column) in row.content.iter().zip(columns) {
                stored::stored(r, &scope, value, column, insert.overriding.is_some());
            }
        }
        return;
    }
    let outputs = r.query(outer, source);
    too_many(r, r.source.node(source), outputs.len());
    for (output, column) in outputs.iter().zip(columns) {
        stored::store(r, &output.typed, output.span.clone(), column, insert.overriding.is_some());
    }
}

/// MariaDB lets a value name the columns before it.
fn values_scope<'p>(r: &Resolver<'_>, outer: &'p Scope<'p>, table: &Table, name: &ObjectName) -> Scope<'p> {
    let mut scope = outer.inner().within(Clause::Plain("VALUES"));
    if r.dialect.write().values_see_table {
        scope.relations.push(Relation::of_table(table, r.schema.key(name).1, r.dialect));
    }
    scope
}

fn insert_notes(r: &mut Resolver<'_>, table: &Table, insert: &Insert, columns: &Option<Vec<&TableColumn>>) {
    let given: BTreeSet<&str> = if insert.assignments.is_empty() {
        columns.iter().flatten().map(|column| column.key.as_str()).collect()
    } else {
        insert.assignments.iter().filter_map(|own| target_key(&own.target)).collect()
    };
    let nothing = insert.source.is_none() && insert.assignments.is_empty();
    let missing = table.columns.iter().filter(|column| {
        !column.nullable
            && !column.has_default
            && !column.generated
            && (nothing || !given.contains(column.key.as_str()))
    });
    r.insert = InsertNotes {
        unnamed_columns: insert.columns.is_empty() && insert.source.is_some(),
        missing: if columns.is_some() { missing.map(|column| column.name.clone()).collect() } else { Vec::new() },
    };
}

fn target_key(target: &AssignmentTarget) -> Option<&str> {
    match target {
        AssignmentTarget::ColumnName(name) => {
            name.0.last().and_then(|part| part.as_ident()).map(|ident| ident.value.as_str())
        }
        AssignmentTarget::Tuple(_) => None,
    }
}
