//! A query that was read → a query that may be expanded, or its mistakes. The template's rules first, then the statements that it can become, of
//! which independent parts need few ([`Template::shapes`]): judged against the schema, and prepared by SQLite itself.

use secure_forms_sql::template::{AllRows, Shape, Template, caret};
use secure_forms_sql::{Problem, Schema, Verdict};
use syn::Ident;

use crate::check::verdict::{UNCHECKED, marker, place, schema, verdicts};
use crate::diagnostic::{Errors, Message, list};
use crate::model::query::{Asserted, Column, Judged, Marker, Place, Query};
use crate::model::schema::Project;
use crate::source::sqlite::{self, Prepared};

/// Judges every statement of the query.
pub(crate) fn judge<'q>(query: &'q Query, project: &'q Project, errors: &mut Errors) -> Option<Judged<'q>> {
    let template = template(query, project, errors)?;
    let shapes = template.shapes();
    let schema = schema(project).map_err(|message| errors.span(query.span(0), message)).ok()?;
    // What `unchecked` takes away is the checker; the rules stay, and SQLite still prepares each statement.
    let verdicts = match query.unchecked {
        Some(_) => vec![],
        None => verdicts(project.dialect, &schema, &shapes)
            .map_err(|faults| faults.into_iter().for_each(|fault| tell(query, fault, errors)))
            .ok()?,
    };
    let needles = rules(query, project, &template, (&shapes, &schema), errors)?;
    let prepared = prepared(query, project, &shapes, errors)?;
    if verdicts.iter().zip(&prepared).any(|(verdict, statement)| verdict.columns.len() != statement.columns.len()) {
        let message = Message::new("the checker and SQLite disagree on the columns of this statement").help(UNCHECKED);
        errors.span(query.span(0), message.note("this is a bug of the checker: please report it"));
        return None;
    }
    let columns = columns(query, &verdicts, &prepared, errors)?;
    let params = template.slots().iter().enumerate();
    let params = params.map(|(at, slot)| place(at, slot.form, &shapes, &verdicts)).collect();
    let writes = prepared.iter().any(|statement| statement.writes);
    let wholes = template.whole_shapes();
    Some(Judged { query, project, template, wholes, params, needles, columns, writes })
}

/// What SQLite says about every shape. It names no place for most of its errors, and the first shape's is enough to mend the text.
fn prepared(query: &Query, project: &Project, shapes: &[Shape], errors: &mut Errors) -> Option<Vec<Prepared>> {
    let prepare = |shape: &Shape| {
        let statement = sqlite::prepare(project, &shape.text)
            .map_err(|reason| Message::new(format!("SQLite refuses this statement: {reason}\n  | {}", shape.text)))?;
        if statement.placeholders == shape.slots.len() {
            return Ok(statement);
        }
        Err(Message::new(format!(
            "SQLite counts {} values, the template {}",
            statement.placeholders,
            shape.slots.len()
        )))
    };
    let all: Result<Vec<_>, Message> = shapes.iter().map(prepare).collect();
    all.map_err(|message| errors.span(query.span(0), message)).ok()
}

/// The template's own rules.
fn template<'q>(query: &'q Query, project: &Project, errors: &mut Errors) -> Option<Template<'q>> {
    let parsed = Template::parse(&query.text, project.dialect, all_rows(query));
    // Parts are independent in statements that the checker can read.
    let unchecked = query.unchecked.is_some();
    let enumerated = |template: Template<'q>| template.enumerated().map_err(|problem| vec![problem]);
    match parsed.and_then(|template| if unchecked { enumerated(template) } else { Ok(template) }) {
        Ok(template) => Some(template),
        Err(faults) => {
            for fault in faults {
                tell(query, fault, errors);
            }
            None
        }
    }
}

fn all_rows(query: &Query) -> AllRows {
    if query.all_rows.is_some() { AllRows::Allowed } else { AllRows::Refused }
}

/// The rules over the trees of all shapes, and `all_rows` where nothing asks for it; gives the slots whose texts are looked for.
fn rules(
    query: &Query,
    project: &Project,
    template: &Template<'_>,
    (shapes, schema): (&[Shape], &Schema),
    errors: &mut Errors,
) -> Option<Vec<usize>> {
    let judged = template.rules(shapes, schema, all_rows(query));
    let needles = judged.map_err(|faults| faults.into_iter().for_each(|fault| tell(query, fault, errors))).ok()?;
    if let Some(word) = query.all_rows
        && Template::parse(&query.text, project.dialect, AllRows::Refused).is_ok()
        && template.rules(shapes, schema, AllRows::Refused).is_ok()
    {
        let message = Message::new("`all_rows` is not needed: no write here can reach every row");
        errors.span(word, message.help("remove it"));
        return None;
    }
    Some(needles)
}

/// Points at the literal, and shows the place in its text.
fn tell(query: &Query, problem: Problem, errors: &mut Errors) {
    let Problem { span, message, help, .. } = problem;
    let at = query.span(span.start);
    errors.span(at, Message::new(format!("{message}\n{}", caret(&query.text, span))).maybe_help(help));
}

/// The columns, which all shapes must share.
fn columns(query: &Query, verdicts: &[Verdict], prepared: &[Prepared], errors: &mut Errors) -> Option<Vec<Column>> {
    let first = prepared.first()?;
    if let Some(other) = prepared.iter().find(|statement| statement.columns != first.columns) {
        let message = format!("optional parts change the columns from {:?} to {:?}", first.columns, other.columns);
        errors.span(query.span(0), Message::new(message).help("write two queries"));
        return None;
    }
    let columns = match &query.unchecked {
        Some(asserted) => asserted_columns(query, asserted, first, errors)?,
        None => {
            let columns = first.columns.iter().enumerate();
            columns.map(|(at, name)| column(query, verdicts, at, name, errors)).collect::<Option<Vec<_>>>()?
        }
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
fn column(query: &Query, verdicts: &[Verdict], at: usize, name: &str, errors: &mut Errors) -> Option<Column> {
    let same: Vec<_> = verdicts.iter().filter_map(|verdict| verdict.columns.get(at)).collect();
    let (plain, nullable) = match (name.strip_suffix('!'), name.strip_suffix('?')) {
        (Some(plain), _) => (plain, false),
        (_, Some(plain)) => (plain, true),
        _ => (name, same.iter().any(|column| column.nullable)),
    };
    let field = field(query, plain, at, errors)?;
    let known = same.first().and_then(|first| marker(&first.ty));
    let known = known.filter(|known| same.iter().all(|column| marker(&column.ty) == Some(*known)));
    let Some(marker) = known else {
        let message = format!("the type of the column `{plain}` is not known");
        let help = "say it: `query!(unchecked(name: String, …), \"…\")` with all columns of the row, in order";
        errors.span(query.span(0), Message::new(message).help(help));
        return None;
    };
    Some(Column { field, name: plain.to_owned(), place: Place { marker, nullable }, asserted: None })
}

fn field(query: &Query, name: &str, at: usize, errors: &mut Errors) -> Option<Ident> {
    let span = query.span(0);
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
            column.trim_end_matches(['!', '?']) == asserted.name.to_string().trim_start_matches("r#")
        });
    if !matches {
        let message = format!(
            "`unchecked` names other columns than the statement's: {}",
            list(first.columns.iter().map(String::as_str))
        );
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
