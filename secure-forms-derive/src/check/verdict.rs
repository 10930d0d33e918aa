//! The first judge: the checker of `core::sql` on every statement of a query, its problems moved back to the places of the template.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use secure_forms_sql::template::{Form, Shape, caret};
use secure_forms_sql::{self as sql, Dialect, Kind, Problem, ProblemKind, Schema, Type, Verdict};

use crate::diagnostic::{self, Message};
use crate::model::query::{Marker, Place};
use crate::model::schema::Project;

/// The way round the checker.
pub(crate) const UNCHECKED: &str = "if it is right, say its columns yourself: `query!(unchecked(name: String, …), \"…\")`; \
     the text stays literal and the values stay bound";

/// The schema as the checker knows it, read once per process.
pub(crate) fn schema(project: &Project) -> Result<Arc<Schema>, Message> {
    type Schemas = HashMap<(Dialect, u64), Arc<Schema>>;
    static SCHEMAS: Mutex<Option<Schemas>> = Mutex::new(None);
    let mut schemas = SCHEMAS.lock().unwrap_or_else(PoisonError::into_inner);
    let schemas = schemas.get_or_insert_with(HashMap::new);
    let key = (project.dialect, project.hash);
    if let Some(schema) = schemas.get(&key) {
        return Ok(Arc::clone(schema));
    }
    let files: Vec<_> = project.migrations.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let schema = Schema::parse(project.dialect, &files).map_err(|error| {
        let text = files.iter().find(|(name, _)| *name == error.file).map_or("", |(_, text)| *text);
        Message::new(format!("the migration `{}`: {}\n{}", error.file, error.message, caret(text, error.span)))
    })?;
    let schema = Arc::new(schema);
    schemas.insert(key, Arc::clone(&schema));
    Ok(schema)
}

/// What the checker says about every shape; a mistake that several shapes share is told once.
pub(crate) fn verdicts(dialect: Dialect, schema: &Schema, shapes: &[Shape]) -> Result<Vec<Verdict>, Vec<Problem>> {
    let mut verdicts = Vec::new();
    let mut faults: Vec<Problem> = Vec::new();
    for shape in shapes {
        match sql::check(dialect, schema, &shape.judged) {
            Ok(verdict) => {
                faults.extend(house(&verdict, shape));
                verdicts.push(verdict);
            }
            Err(problems) => faults.extend(problems.into_iter().map(|problem| {
                let help = match problem.kind {
                    ProblemKind::Refused => problem.help,
                    ProblemKind::CannotJudge => Some(UNCHECKED.to_owned()),
                };
                Problem { span: shape.origin(problem.span), help, ..problem }
            })),
        }
    }
    if faults.is_empty() {
        return Ok(verdicts);
    }
    faults.sort_by(|a, b| (a.span.start, a.span.end, &a.message).cmp(&(b.span.start, b.span.end, &b.message)));
    faults.dedup();
    Err(faults)
}

/// Rules of the house that need the schema.
fn house(verdict: &Verdict, shape: &Shape) -> Option<Problem> {
    let first = shape.judged.find(|c: char| !c.is_alphabetic()).unwrap_or(shape.judged.len());
    let verb = shape.origin(0..first);
    if verdict.statement == Kind::Other {
        let fault = Problem::new(verb, "a query is a `SELECT`, `INSERT`, `UPDATE` or `DELETE`");
        return Some(fault.help("what makes or changes tables is a migration"));
    }
    if verdict.insert.missing.is_empty() {
        return None;
    }
    let missing = diagnostic::list(verdict.insert.missing.iter().map(String::as_str));
    let fault = Problem::new(verb, format!("this `INSERT` leaves out {missing}, which must not be NULL"));
    Some(fault.help("give each a value, or its column a default in a migration"))
}

/// The SQL type of a slot: what all shapes that hold it agree on.
pub(crate) fn place(slot: usize, form: Form, shapes: &[Shape], verdicts: &[Verdict]) -> Place {
    let marker = match form {
        Form::Like(_) => Some(Marker::Text),
        Form::Limit { .. } | Form::Offset | Form::Page { .. } => Some(Marker::BigInt),
        Form::Value | Form::List => None,
    };
    if let Some(marker) = marker {
        return Place { marker, nullable: false };
    }
    let uses: Vec<_> = shapes
        .iter()
        .zip(verdicts)
        .filter_map(|(shape, verdict)| verdict.params.get(shape.slots.iter().position(|other| *other == slot)?))
        .collect();
    let markers: Vec<_> = uses.iter().map(|param| parameter(&param.ty)).collect();
    let same = markers.first().copied().filter(|first| markers.iter().all(|marker| marker == first));
    Place { marker: same.unwrap_or(Marker::Any), nullable: uses.iter().all(|param| param.nullable) }
}

/// The marker of a parameter. SQLite keeps moments and decimals in whatever way the application chose, so any plain value may be bound there.
fn parameter(ty: &Type) -> Marker {
    match ty {
        Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz | Type::Numeric => Marker::Any,
        ty => marker(ty).unwrap_or(Marker::Any),
    }
}

/// The marker of a column; what SQLite has no type for is read as the text that its own functions make.
pub(crate) fn marker(ty: &Type) -> Option<Marker> {
    Some(match ty {
        Type::I16 | Type::I32 | Type::I64 => Marker::BigInt,
        Type::F32 | Type::F64 | Type::Numeric => Marker::Real,
        Type::Bool => Marker::Boolean,
        Type::Bytes => Marker::Blob,
        Type::Text | Type::Json | Type::Uuid | Type::Enum(_) => Marker::Text,
        Type::Date | Type::Time | Type::Timestamp | Type::TimestampTz => Marker::Text,
        Type::Array(_) | Type::Unknown => return None,
    })
}
