//! A query that was read → a query that may be expanded, or its mistakes. The template's rules first, then every statement that it can become:
//! judged against the schema, and prepared by SQLite itself.

use std::ops::Range;

use proc_macro2::Span;
use secure_forms_core::sql::Dialect;
use secure_forms_core::sql::template::{AllRows, Fault, Template, caret};
use syn::Ident;

use crate::check::prepare::{self, Prepared};
use crate::diagnostic::{Errors, Message};
use crate::model::query::{Asserted, Column, Judged, Marker, Place, Query};
use crate::model::schema::Project;

/// Judges every statement of the query.
pub(crate) fn judge<'q>(query: &'q Query, project: &'q Project, errors: &mut Errors) -> Option<Judged<'q>> {
    let template = template(query, errors)?;
    let shapes = template.shapes();
    let mut prepared = Vec::new();
    for shape in &shapes {
        match prepare::prepare(project, &shape.text) {
            Ok(statement) => prepared.push(statement),
            Err(message) => {
                // SQLite names no place for most of its errors, and the first shape's is enough to mend the text.
                errors.span(
                    query.span(0),
                    Message::new(format!("SQLite refuses this statement: {message}\n  | {}", shape.text)),
                );
                return None;
            }
        }
    }
    let columns = columns(query, &prepared, errors)?;
    let params = template.slots().iter().map(|_| Place { marker: Marker::Any, nullable: true }).collect();
    let writes = prepared.iter().any(|statement| statement.writes);
    let texts = shapes.into_iter().map(|shape| shape.text).collect();
    Some(Judged { query, project, template, texts, params, columns, writes })
}

/// The template's own rules.
fn template<'q>(query: &'q Query, errors: &mut Errors) -> Option<Template<'q>> {
    let allowed = if query.all_rows.is_some() { AllRows::Allowed } else { AllRows::Refused };
    match Template::parse(&query.text, Dialect::Sqlite, allowed) {
        Ok(template) => {
            if let Some(word) = query.all_rows
                && Template::parse(&query.text, Dialect::Sqlite, AllRows::Refused).is_ok()
            {
                errors.span(
                    word,
                    Message::new("`all_rows` is not needed: no write here can reach every row").help("remove it"),
                );
                return None;
            }
            Some(template)
        }
        Err(faults) => {
            for fault in faults {
                tell(query, fault, errors);
            }
            None
        }
    }
}

/// Points at the literal, and shows the place in its text.
fn tell(query: &Query, fault: Fault, errors: &mut Errors) {
    let Fault { span, message, help } = fault;
    errors.span(query.span(span.start), placed(query, span, &message).maybe_help(help));
}

fn placed(query: &Query, span: Range<usize>, message: &str) -> Message {
    Message::new(format!("{message}\n{}", caret(&query.text, span)))
}

/// The columns, which all shapes must share.
fn columns(query: &Query, prepared: &[Prepared], errors: &mut Errors) -> Option<Vec<Column>> {
    let first = prepared.first()?;
    let names = |statement: &Prepared| statement.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
    if let Some(other) = prepared.iter().find(|statement| names(statement) != names(first)) {
        let message = format!("optional parts change the columns from {:?} to {:?}", names(first), names(other));
        errors.span(query.span(0), Message::new(message).help("write two queries"));
        return None;
    }
    let columns = match &query.unchecked {
        Some(asserted) => asserted_columns(query, asserted, first, errors)?,
        None => (0..first.columns.len()).map(|at| column(query, prepared, at, errors)).collect::<Option<Vec<_>>>()?,
    };
    for (at, column) in columns.iter().enumerate() {
        if columns[..at].iter().any(|other| other.field == column.field) {
            let message = format!("two columns are named `{}`", column.name);
            errors.span(query.span(0), Message::new(message).help("name one of them: `… AS other_name`"));
            return None;
        }
    }
    Some(columns)
}

/// A column, with `"name!"` and `"name?"` read.
fn column(query: &Query, prepared: &[Prepared], at: usize, errors: &mut Errors) -> Option<Column> {
    let same: Vec<_> = prepared.iter().filter_map(|statement| statement.columns.get(at)).collect();
    let name = same.first()?.name.clone();
    let (plain, nullable) = match (name.strip_suffix('!'), name.strip_suffix('?')) {
        (Some(plain), _) => (plain, false),
        (_, Some(plain)) => (plain, true),
        _ => (name.as_str(), same.iter().any(|column| column.nullable)),
    };
    let field = field(query, plain, at, errors)?;
    let Some(marker) = same.first()?.marker.filter(|marker| same.iter().all(|column| column.marker == Some(*marker)))
    else {
        let message = format!("the type of the column `{plain}` is not known");
        let help = "say it: `query!(unchecked(name: String, …), \"…\")` with all columns of the row, in order";
        errors.span(query.span(0), Message::new(message).help(help));
        return None;
    };
    Some(Column { field, name: plain.to_owned(), place: Place { marker, nullable }, asserted: None })
}

fn field(query: &Query, name: &str, at: usize, errors: &mut Errors) -> Option<Ident> {
    let span = query.span(0).resolved_at(Span::call_site());
    let parsed = syn::parse_str::<Ident>(name).or_else(|_| syn::parse_str::<Ident>(&format!("r#{name}")));
    match parsed {
        Ok(mut field) => {
            field.set_span(span);
            Some(field)
        }
        Err(_) => {
            let message = format!("column {} has no name that a field can have: `{name}`", at + 1);
            errors.span(span, Message::new(message).help("name it: `count(*) AS users`"));
            None
        }
    }
}

fn asserted_columns(
    query: &Query,
    asserted: &[Asserted],
    first: &Prepared,
    errors: &mut Errors,
) -> Option<Vec<Column>> {
    let matches = asserted.len() == first.columns.len()
        && asserted.iter().zip(&first.columns).all(|(asserted, column)| {
            column.name.trim_end_matches(['!', '?']) == asserted.name.to_string().trim_start_matches("r#")
        });
    if !matches {
        let names: Vec<_> = first.columns.iter().map(|column| column.name.as_str()).collect();
        let message = format!("`unchecked` names other columns than the statement returns: ({})", names.join(", "));
        errors.span(query.span(0), Message::new(message).help("name them all, in this order, each with its type"));
        return None;
    }
    let place = |asserted: &Asserted| Place { marker: Marker::Any, nullable: is_option(&asserted.ty) };
    let column = |asserted: &Asserted| Column {
        field: asserted.name.clone(),
        name: asserted.name.to_string(),
        place: place(asserted),
        asserted: Some(asserted.ty.clone()),
    };
    Some(asserted.iter().map(column).collect())
}

fn is_option(ty: &syn::Type) -> bool {
    let syn::Type::Path(path) = ty else { return false };
    path.path.segments.last().is_some_and(|segment| segment.ident == "Option")
}
