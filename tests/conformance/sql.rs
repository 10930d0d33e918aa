//! `core::sql` against what real servers said when they prepared the same statements: a corpus outside this repository
//! (statements of sqlc's end-to-end tests, verdicts of PostgreSQL 15, MariaDB 10.11 and SQLite 3.51), SQLite itself, and
//! statements written for this suite: `vectors/sql/sqlite.txt` is judged by the SQLite that is built in,
//! `vectors/sql/postgres.jsonl` holds the verdicts of a PostgreSQL 15, `vectors/sql/mysql.jsonl` those of a MariaDB 10.11. Then texts that are no SQL at all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use rusqlite::Connection;
use secure_forms_sql::{Dialect, Problem, ProblemKind, Schema, Verdict, check};
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

/// The lines of a list of statements.
fn statements(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().filter(|line| !line.trim().is_empty())
}

const SQLITE_SCHEMA: &str = include_str!("../vectors/sql/sqlite.sql");
const SQLITE_STATEMENTS: &str = include_str!("../vectors/sql/sqlite.txt");
const MYSQL_SCHEMA: &str = include_str!("../vectors/sql/mysql.sql");
const MYSQL_STATEMENTS: &str = include_str!("../vectors/sql/mysql.jsonl");
const POSTGRES_SCHEMA: &str = include_str!("../vectors/sql/postgres.sql");
const POSTGRES_STATEMENTS: &str = include_str!("../vectors/sql/postgres.jsonl");

fn schema(dialect: Dialect, text: &str) -> Schema {
    Schema::parse(dialect, &[("schema", text)]).expect("the schema is right")
}

fn is_unsure(problems: &[Problem]) -> bool {
    problems.iter().all(|problem| problem.kind == ProblemKind::CannotJudge)
}

#[test]
fn sqlite_prepares_what_is_accepted_and_nothing_that_is_refused() {
    let schema = schema(Dialect::Sqlite, SQLITE_SCHEMA);
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(SQLITE_SCHEMA).unwrap();
    let (mut accepted, mut refused, mut unsure) = (0, 0, 0);
    for statement in statements(SQLITE_STATEMENTS) {
        match (check(Dialect::Sqlite, &schema, statement), connection.prepare(statement)) {
            (Ok(verdict), Ok(prepared)) => {
                let names: Vec<&str> = verdict.columns.iter().map(|column| column.name.as_str()).collect();
                assert_eq!(names, prepared.column_names().collect::<Vec<_>>(), "{statement}");
                assert_eq!(verdict.params.len(), prepared.parameter_count(), "{statement}");
                accepted += 1;
            }
            (Ok(_), Err(error)) => panic!("accepted, but SQLite says {error}: {statement}"),
            (Err(problems), _) if is_unsure(&problems) => unsure += 1,
            (Err(problems), Ok(_)) => panic!("refused, but SQLite takes it: {statement}: {problems:?}"),
            (Err(_), Err(_)) => refused += 1,
        }
    }
    println!("accepted {accepted}, refused {refused}, cannot judge {unsure}");
    assert!(accepted >= 118 && refused >= 66 && unsure <= 20, "{accepted} {refused} {unsure}");
}

#[test]
fn postgres_prepares_what_is_accepted_and_nothing_that_is_refused() {
    let schema = schema(Dialect::Postgres, POSTGRES_SCHEMA);
    let (mut accepted, mut refused, mut unsure) = (0, 0, 0);
    for line in statements(POSTGRES_STATEMENTS) {
        let case: Value = serde_json::from_str(line).unwrap();
        let statement = text(&case, "query");
        match (check(Dialect::Postgres, &schema, statement), case["ok"] == true) {
            (Ok(verdict), true) => {
                let columns =
                    verdict.columns.iter().map(|column| serde_json::json!([column.name, column.ty.to_string()]));
                assert_eq!(Value::from_iter(columns), case["columns"], "{statement}");
                let params = verdict.params.iter().map(|param| param.ty.to_string());
                assert_eq!(Value::from_iter(params), case["params"], "{statement}");
                accepted += 1;
            }
            (Ok(_), false) => panic!("accepted, but PostgreSQL refuses it: {statement}"),
            (Err(problems), _) if is_unsure(&problems) => unsure += 1,
            (Err(problems), true) => panic!("refused, but PostgreSQL takes it: {statement}: {problems:?}"),
            (Err(_), false) => refused += 1,
        }
    }
    println!("accepted {accepted}, refused {refused}, cannot judge {unsure}");
    assert!(accepted >= 221 && refused >= 116 && unsure <= 8, "{accepted} {refused} {unsure}");
}

#[test]
fn mariadb_prepares_what_is_accepted_and_nothing_that_is_refused() {
    let schema = schema(Dialect::Mysql, MYSQL_SCHEMA);
    let (mut accepted, mut refused, mut unsure) = (0, 0, 0);
    for line in statements(MYSQL_STATEMENTS) {
        let case: Value = serde_json::from_str(line).unwrap();
        let statement = text(&case, "query");
        match (check(Dialect::Mysql, &schema, statement), case["ok"] == true) {
            (Ok(_), true) => accepted += 1,
            (Ok(_), false) => panic!("accepted, but MariaDB refuses it: {statement}"),
            (Err(problems), _) if is_unsure(&problems) => unsure += 1,
            (Err(problems), true) => panic!("refused, but MariaDB takes it: {statement}: {problems:?}"),
            (Err(_), false) => refused += 1,
        }
    }
    println!("accepted {accepted}, refused {refused}, cannot judge {unsure}");
    assert!(accepted >= 149 && refused >= 30 && unsure <= 17, "{accepted} {refused} {unsure}");
}

/// Every `true` was seen as NULL on a PostgreSQL 15, a MariaDB 10.11 or a SQLite 3.54 with few rows or none.
#[test]
fn what_a_server_was_seen_to_leave_null_is_nullable_and_its_twin_is_not() {
    for line in statements(include_str!("../vectors/sql/nulls.jsonl")) {
        let case: Value = serde_json::from_str(line).unwrap();
        let dialect = Dialect::named(text(&case, "dialect")).unwrap();
        let verdict = judge(dialect, text(&case, "schema"), text(&case, "query")).expect(line);
        let nullable = verdict.columns.iter().map(|column| column.nullable);
        assert_eq!(Value::from_iter(nullable), case["nullable"], "{line}");
    }
}

/// Rows with a NULL wherever one is allowed.
const ROWS: &str = "INSERT INTO orgs VALUES (1, 'a', NULL), (2, 'b', '{\"a\":1,\"x\":[null]}'), (3, 'x', NULL);
    INSERT INTO users (org_id, name, age, score) VALUES (NULL, 'x', NULL, NULL), (1, '', 0, 2.5), (9, 'z', NULL, NULL);
    INSERT INTO posts VALUES (1, 's', 't', NULL, NULL), (7, 'u', 'v', 5, x'00');
    INSERT INTO st VALUES ('k', NULL, NULL);";

#[test]
fn a_column_that_is_called_not_null_never_is() {
    let schema = schema(Dialect::Sqlite, SQLITE_SCHEMA);
    let mut looked_at = 0;
    // A query that aggregates gives a row of nothing, too.
    for rows in ["", ROWS] {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        connection.execute_batch(SQLITE_SCHEMA).unwrap();
        connection.execute_batch(rows).unwrap();
        looked_at += look_for_nulls(&schema, &connection);
    }
    assert!(looked_at > 500, "{looked_at}");
}

/// How many values were looked at; fails at a NULL where none can be.
fn look_for_nulls(schema: &Schema, connection: &Connection) -> usize {
    let mut looked_at = 0;
    for statement in statements(SQLITE_STATEMENTS).filter(|own| own.starts_with("SELECT") || own.starts_with("WITH")) {
        let Ok(verdict) = check(Dialect::Sqlite, schema, statement) else { continue };
        let Ok(mut prepared) = connection.prepare(statement) else { continue };
        for number in 1..=prepared.parameter_count() {
            prepared.raw_bind_parameter(number, 1).unwrap();
        }
        let mut rows = prepared.raw_query();
        while let Ok(Some(row)) = rows.next() {
            for (at, column) in verdict.columns.iter().enumerate() {
                let is_null = row.get_ref(at).unwrap() == rusqlite::types::ValueRef::Null;
                assert!(column.nullable || !is_null, "`{}` was NULL: {statement}", column.name);
                looked_at += 1;
            }
        }
    }
    looked_at
}

#[test]
fn the_functions_of_sqlite_are_those_of_the_one_that_is_built_in() {
    let schema = Schema::empty(Dialect::Sqlite);
    let connection = Connection::open_in_memory().unwrap();
    let mut names = connection.prepare("SELECT DISTINCT name FROM pragma_function_list").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    // Those of full-text search work on its tables only, and some are not meant to be called.
    let skipped = |name: &str| {
        !name.starts_with(|first: char| first.is_ascii_lowercase())
            || [
                "fts",
                "rtree",
                "current_",
                "matchinfo",
                "offsets",
                "optimize",
                "highlight",
                "snippet",
                "bm25",
                "sqlite_log",
            ]
            .iter()
            .any(|own| name.starts_with(own))
    };
    let (mut compared, mut differing) = (0, Vec::new());
    for name in names.iter().filter(|name| !skipped(name)) {
        for count in 0..6 {
            let arguments = vec!["1"; count].join(", ");
            let statement = format!("SELECT {name}({arguments})");
            let truth = connection.prepare(&statement).map(drop).map_err(|error| error.to_string());
            match check(Dialect::Sqlite, &schema, &statement) {
                Ok(_) if truth.is_err() => differing.push(format!("accepted: {statement}: {truth:?}")),
                Err(problems) if !is_unsure(&problems) && truth.is_ok() => {
                    differing.push(format!("refused: {statement}"))
                }
                _ => {}
            }
            compared += 1;
        }
    }
    assert!(compared > 600 && differing.is_empty(), "{compared} compared, {differing:#?}");
}

/// What is said about any text points into it.
fn judge_anything(dialect: Dialect, schema: &Schema, text: &str) {
    if let Err(problems) = check(dialect, schema, text) {
        assert!(!problems.is_empty());
        for problem in problems {
            assert!(text.get(problem.span.clone()).is_some(), "{:?} in {text:?}", problem.span);
        }
    }
}

const DIALECTS: [(Dialect, &str); 3] = [
    (Dialect::Sqlite, SQLITE_SCHEMA),
    (Dialect::Postgres, POSTGRES_SCHEMA),
    (Dialect::Mysql, "CREATE TABLE users (id INT)"),
];

#[test]
fn statements_with_pieces_cut_out_moved_or_doubled_are_judged_without_a_panic() {
    let pieces: Vec<&str> = statements(SQLITE_STATEMENTS)
        .chain(statements(POSTGRES_STATEMENTS))
        .flat_map(|statement| statement.split_inclusive([' ', '(', ')', ',', '"', '\'']))
        .collect();
    // A small linear congruential generator (Knuth, MMIX): the same texts in every run.
    let mut state = 0x5eed_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below.max(1)
    };
    for (dialect, text) in DIALECTS {
        let schema = schema(dialect, text);
        for statement in statements(SQLITE_STATEMENTS) {
            for _ in 0..12 {
                let mut words: Vec<&str> = statement.split_inclusive([' ', '(', ')', ',']).collect();
                for _ in 0..=random(3) {
                    let at = random(words.len());
                    match random(4) {
                        0 if words.len() > 1 => drop(words.remove(at)),
                        1 => words.insert(at, words[random(words.len())]),
                        2 => words[at] = pieces[random(pieces.len())],
                        _ => words.insert(at, pieces[random(pieces.len())]),
                    }
                }
                let text = words.concat();
                judge_anything(dialect, &schema, &text);
                let _ = Schema::parse(dialect, &[("any", &text)]);
            }
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_judged_without_a_panic(text in "\\PC{0,80}", number in 0_usize..3) {
        let (dialect, schema_text) = DIALECTS[number];
        judge_anything(dialect, &schema(dialect, schema_text), &text);
        judge_anything(dialect, &schema(dialect, schema_text), &format!("SELECT {text} FROM users"));
        let _ = Schema::parse(dialect, &[("any", &text)]);
    }
}

#[test]
fn deep_and_long_statements_end_in_a_verdict() {
    for (dialect, text) in DIALECTS {
        let schema = schema(dialect, text);
        let long = |piece: &str| format!("SELECT 1{}", piece.repeat(100_000));
        let flat =
            [" + 1", " AND 1", " OR 1", " || 'a'", " UNION SELECT 1", "::int", " IS NULL", "[1]", ", 1", " -> 'a'"];
        for piece in flat {
            judge_anything(dialect, &schema, &long(piece));
        }
        for (open, close) in
            [("(", ")"), ("NOT ", ""), ("- ", ""), ("(SELECT ", ")"), ("CASE WHEN ", " THEN 1 END"), ("f(", ")")]
        {
            let deep = format!("SELECT {}1{}", open.repeat(20_000), close.repeat(20_000));
            judge_anything(dialect, &schema, &deep);
            let _ = Schema::parse(dialect, &[("deep", &format!("CREATE VIEW v AS {deep}"))]);
        }
        for count in [40, 110, 400, 1400] {
            for piece in flat {
                judge_anything(dialect, &schema, &format!("SELECT 1{}", piece.repeat(count)));
            }
        }
    }
}

#[test]
fn every_problem_of_a_statement_is_reported_at_its_place() {
    let schema = schema(Dialect::Sqlite, SQLITE_SCHEMA);
    let statement = "SELECT nmae, agee FROM users WHERE scor > 1";
    let problems = check(Dialect::Sqlite, &schema, statement).unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| &statement[problem.span.clone()]).collect();
    assert_eq!(places, ["nmae", "agee", "scor"]);
}

#[test]
fn an_insert_says_what_it_leaves_out_and_is_accepted() {
    let schema = schema(Dialect::Sqlite, SQLITE_SCHEMA);
    let verdict = check(Dialect::Sqlite, &schema, "INSERT INTO posts (user_id) VALUES (?)").unwrap();
    assert_eq!(verdict.insert.missing, ["slug", "title"]);
    let verdict = check(Dialect::Sqlite, &schema, "INSERT INTO users (name) VALUES (?)").unwrap();
    assert!(verdict.insert.missing.is_empty() && !verdict.insert.unnamed_columns);
}
