//! The `form` suite: a body is bound to one of [`crate::forms`]. Values come back as the texts with which they would be shown
//! again, under their names on the wire; a secret is `null`.

use secure_forms::form::{English, FormView, Messages};
use serde_json::{Value, json};

use crate::bound::{bind, body};
use crate::sent;

/// Answers one case.
///
/// ```
/// use secure_forms_tests::form::answer;
/// use serde_json::json;
///
/// let case = json!({ "form": "search", "body": "q=caf%C3%A9" });
/// assert_eq!(answer(&case), json!({ "ok": true, "value": { "q": "café", "page": null } }));
/// ```
pub fn answer(case: &Value) -> Value {
    let Some(body) = body(case) else { return json!({ "error": "no `body` and no `body_b64`" }) };
    let form = case["form"].as_str().unwrap_or_default();
    let told = match case["content_type"].as_str() {
        None => bind(form, body),
        Some(content_type) => match sent::bind(form, content_type, body) {
            Ok(told) => told,
            Err(error) => return json!({ "error": error.to_string() }),
        },
    };
    match told {
        Some(Ok((value, _))) => json!({ "ok": true, "value": value }),
        Some(Err(page)) => json!({ "ok": false, "problems": problems(&page) }),
        None => json!({ "error": "unknown form" }),
    }
}

fn problems(page: &FormView) -> Vec<Value> {
    let problem = |problem: &secure_forms::form::Problem| json!({ "path": problem.path(), "kind": problem.kind().name(), "message": English.problem(problem) });
    page.report().problems().iter().map(problem).collect()
}
