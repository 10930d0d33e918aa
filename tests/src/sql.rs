//! The `sql` suite: a schema and a statement in, columns and parameters or the first problem out.

use secure_forms_sql::{Dialect, ProblemKind, Schema, Verdict, check};
use serde_json::{Value, json};

/// Answers one case: `{"dialect":"sqlite","schema":"CREATE TABLE …","query":"SELECT …"}`.
///
/// ```
/// use serde_json::json;
///
/// let case = json!({"dialect": "sqlite", "schema": "CREATE TABLE t (a TEXT NOT NULL)", "query": "SELECT a FROM t"});
/// let answer = secure_forms_tests::sql::answer(&case);
/// assert_eq!(answer["columns"][0], json!({"name": "a", "type": "text", "nullable": false}));
/// ```
pub fn answer(case: &Value) -> Value {
    let text = |key: &str| case.get(key).and_then(Value::as_str);
    let (Some(dialect), Some(schema), Some(query)) = (text("dialect"), text("schema"), text("query")) else {
        return json!({"error": "a case has `dialect`, `schema` and `query`"});
    };
    let Some(dialect) = Dialect::named(dialect) else {
        return json!({"error": format!("unknown dialect `{dialect}`")});
    };
    let schema = match Schema::parse(dialect, &[("schema", schema)]) {
        Ok(schema) => schema,
        Err(error) => return json!({"ok": false, "message": error.to_string(), "span": [0, 0], "sure": true}),
    };
    match check(dialect, &schema, query) {
        Ok(verdict) => accepted(&verdict),
        Err(problems) => match problems.first() {
            Some(problem) => json!({
                "ok": false,
                "message": problem.message,
                "span": [problem.span.start, problem.span.end],
                // Whether every problem is one that the checker is not sure of.
                "sure": problems.iter().any(|problem| problem.kind == ProblemKind::Refused),
            }),
            None => json!({"error": "a refusal without a problem"}),
        },
    }
}

fn accepted(verdict: &Verdict) -> Value {
    let columns: Vec<Value> = verdict
        .columns
        .iter()
        .map(|column| json!({"name": column.name, "type": column.ty.to_string(), "nullable": column.nullable}))
        .collect();
    let params: Vec<Value> =
        verdict.params.iter().map(|param| json!({"type": param.ty.to_string(), "nullable": param.nullable})).collect();
    json!({"ok": true, "columns": columns, "params": params})
}
