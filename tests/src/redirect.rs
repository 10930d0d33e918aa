//! The `redirect` suite of the `conform` program: a case enters as JSON, the library's verdict leaves as JSON.

use secure_forms::SafeRedirect;
use secure_forms::redirect::{AllowedOrigins, Refusal};
use secure_forms::route::QueryValue;
use secure_forms_core::path;
use serde_json::{Value, json};

/// Answers `{"next":"/x"}`, with `"allow":["https://a.example"]` by the rule of [`AllowedOrigins`].
///
/// ```
/// use serde_json::json;
/// let answer = secure_forms_tests::redirect::answer(&json!({"next": "/a b"}));
/// assert_eq!(answer, json!({"accepted": true, "location": "/a%20b"}));
/// ```
pub fn answer(case: &Value) -> Value {
    let Some(next) = case.get("next").and_then(Value::as_str) else {
        return json!({"error": "`next` must be a string"});
    };
    match case.get("allow") {
        None | Some(Value::Null) => verdict(local(next)),
        Some(Value::Array(origins)) => match origins.iter().map(Value::as_str).collect::<Option<Vec<_>>>() {
            Some(origins) => allowed(next, &origins),
            None => json!({"error": "`allow` must hold strings"}),
        },
        Some(_) => json!({"error": "`allow` must be a list"}),
    }
}

/// The public type decides; the rule itself says why not.
fn local(next: &str) -> Result<String, Refusal> {
    match SafeRedirect::from_query_text(next) {
        Some(target) => Ok(target.to_string()),
        None => path::redirect(next).map(Into::into),
    }
}

fn allowed(next: &str, origins: &[&str]) -> Value {
    match AllowedOrigins::new(origins.iter().copied()) {
        Ok(origins) => verdict(origins.redirect(next).map(|target| target.to_string())),
        // A program with such a list does not start, so nothing is accepted.
        Err(problem) => json!({"accepted": false, "reason": format!("bad list of origins: {problem}")}),
    }
}

fn verdict(result: Result<String, Refusal>) -> Value {
    match result {
        Ok(location) => json!({"accepted": true, "location": location}),
        Err(refusal) => json!({"accepted": false, "reason": refusal.to_string()}),
    }
}
