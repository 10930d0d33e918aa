//! `core::sql` against what real servers said when they prepared the same statements: a corpus outside this repository
//! (statements of sqlc's end-to-end tests, verdicts of PostgreSQL 15, MariaDB 10.11 and SQLite 3.51), and SQLite itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::Connection;
use secure_forms_core::sql::{Dialect, Problem, ProblemKind, Schema, Verdict, check};
use serde_json::Value;

/// What the checker and a server said of the same statements.
#[derive(Debug, Default)]
struct Agreement {
    cases: usize,
    agree: usize,
    false_accepts: usize,
    false_rejects: usize,
    cannot_judge: usize,
    columns: (usize, usize),
    params: (usize, usize),
}

fn corpus() -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/sql-corpus.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: the corpus of SQL statements is not beside the workspace ({})", path.display());
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect())
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().expect("a string")
}

fn judge(dialect: Dialect, schema: &str, query: &str) -> Result<Verdict, Vec<Problem>> {
    let schema = Schema::parse(dialect, &[("schema", schema)]).map_err(|error| {
        vec![Problem { kind: ProblemKind::Refused, message: error.to_string(), span: 0..0, help: None }]
    })?;
    check(dialect, &schema, query)
}

/// A PostgreSQL type as a program sees it; `None` where the corpus' name stands for what the checker calls unknown.
fn program_type(postgres: &str) -> String {
    if let Some(element) = postgres.strip_suffix("[]") {
        return format!("{}[]", program_type(element));
    }
    match postgres {
        "smallint" => "i16",
        "integer" => "i32",
        "bigint" => "i64",
        "real" => "f32",
        "double precision" => "f64",
        "numeric" => "numeric",
        "boolean" => "bool",
        "text" | "character varying" | "character" | "name" | "citext" => "text",
        "bytea" => "bytes",
        "date" => "date",
        "time without time zone" => "time",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "uuid" => "uuid",
        "json" | "jsonb" => "json",
        other => other,
    }
    .to_owned()
}

fn same_type(own: &str, truth: &str) -> bool {
    let wanted = program_type(truth);
    // Enumerations are named; what a program has no type for is unknown.
    own == wanted || own.strip_prefix("enum:") == Some(&wanted) || own == "unknown" && !KNOWN.contains(&wanted.as_str())
}

const KNOWN: [&str; 15] = [
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "numeric",
    "bool",
    "text",
    "bytes",
    "date",
    "time",
    "timestamp",
    "timestamptz",
    "uuid",
    "json",
];

fn compare(agreement: &mut Agreement, verdict: &Verdict, truth: &Value, label: &str) {
    if let Some(columns) = truth["columns"].as_array() {
        let own: Vec<(String, String)> =
            verdict.columns.iter().map(|column| (column.name.clone(), column.ty.to_string())).collect();
        let same = own.len() == columns.len()
            && own.iter().zip(columns).all(|((name, ty), truth)| {
                truth["name"] == name.as_str() && same_type(ty, truth["type"].as_str().unwrap_or_default())
            });
        agreement.columns.0 += usize::from(same);
        agreement.columns.1 += 1;
        if !same {
            println!("  {label}: columns {own:?}, truth {}", truth["columns"]);
        }
    }
    if let Some(params) = truth["params"].as_array() {
        let own: Vec<String> = verdict.params.iter().map(|param| param.ty.to_string()).collect();
        let same = own.len() == params.len()
            && own.iter().zip(params).all(|(own, truth)| same_type(own, truth.as_str().unwrap_or_default()));
        agreement.params.0 += usize::from(same);
        agreement.params.1 += 1;
        if !same {
            println!("  {label}: params {own:?}, truth {}", truth["params"]);
        }
    }
}

fn run(cases: &[Value], mut truth_of: impl FnMut(&Value) -> Option<Value>) -> BTreeMap<String, Agreement> {
    let mut all: BTreeMap<String, Agreement> = BTreeMap::new();
    for case in cases {
        let Some(truth) = truth_of(case) else { continue };
        let name = text(case, "dialect");
        let dialect = Dialect::named(name).expect("one of the three");
        let agreement = all.entry(name.to_owned()).or_default();
        agreement.cases += 1;
        let accepts = truth["ok"] == true;
        let label = format!("{} {name}", case["id"]);
        match judge(dialect, text(case, "schema"), text(case, "query")) {
            Ok(verdict) if accepts => {
                agreement.agree += 1;
                compare(agreement, &verdict, &truth, &label);
            }
            Ok(_) => {
                agreement.false_accepts += 1;
                println!("  {label}: FALSE ACCEPT: {}: {}", text(case, "query"), truth["error"]);
            }
            Err(problems) if !accepts => {
                agreement.agree += 1;
                assert!(!problems.is_empty(), "{label}");
            }
            Err(problems) => {
                let refused = problems.iter().any(|problem| problem.kind == ProblemKind::Refused);
                if refused {
                    agreement.false_rejects += 1;
                } else {
                    agreement.cannot_judge += 1;
                }
                let word = if refused { "FALSE REJECT" } else { "cannot judge" };
                println!("  {label}: {word}: {} | {}", problems[0].message, text(case, "query").replace('\n', " "));
            }
        }
    }
    for (name, agreement) in &all {
        println!("{name}: {agreement:?}");
    }
    all
}

#[test]
fn verdicts_agree_with_those_of_real_servers() {
    let Some(cases) = corpus() else { return };
    let all = run(&cases, |case| Some(case["truth"].clone()));
    // What was reached; a number here is only ever raised.
    let floors = [("sqlite", 82, 0), ("postgres", 300, 0), ("mysql", 139, 0)];
    for (name, agree, false_rejects) in floors {
        let agreement = all.get(name).expect("every dialect is in the corpus");
        assert_eq!(agreement.false_accepts, 0, "{name}");
        assert!(agreement.agree >= agree && agreement.false_rejects <= false_rejects, "{name}: {agreement:?}");
        assert_eq!((agreement.columns.0, agreement.params.0), (agreement.columns.1, agreement.params.1), "{name}");
    }
}

/// SQLite's own verdict, today: the statement is prepared on a database with the schema.
fn sqlite_says(case: &Value) -> Option<Value> {
    if text(case, "dialect") != "sqlite" {
        return None;
    }
    let connection = Connection::open_in_memory().expect("SQLite is built in");
    connection.execute_batch(text(case, "schema")).ok()?;
    let answer = match connection.prepare(text(case, "query")) {
        Ok(statement) => serde_json::json!({"ok": true, "names": statement.column_names().collect::<Vec<_>>()}),
        Err(error) => serde_json::json!({"ok": false, "error": error.to_string()}),
    };
    Some(answer)
}

#[test]
fn verdicts_agree_with_the_sqlite_that_is_built_in() {
    let Some(cases) = corpus() else { return };
    let all = run(&cases, sqlite_says);
    assert_eq!(all["sqlite"].false_accepts, 0);
}
