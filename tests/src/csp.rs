//! Suite `csp`: a policy's text enters, the evaluator's findings leave.

use secure_forms_core::csp::{Policy, evaluate};
use serde_json::{Value, json};

/// Answers one case; see `conform`.
pub fn answer(case: &Value) -> Value {
    let Some(policy) = case.get("policy").and_then(Value::as_str) else {
        return json!({ "error": "`policy` must be text" });
    };
    let findings: Vec<Value> = evaluate(&Policy::parse(policy))
        .into_iter()
        .map(|found| {
            json!({
                "severity": found.severity.name(),
                "kind": found.kind.name(),
                "directive": found.directive,
                "value": found.value,
                "message": found.message,
            })
        })
        .collect();
    json!({ "findings": findings })
}
