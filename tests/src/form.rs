//! The `form` suite: a body is bound to one of [`crate::forms`]. Values come back as the texts with which they would be shown
//! again, under their names on the wire; a secret is `null`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secure_forms::{Blank, English, Form, FormPage, Rejected, Submission, Valid, Words};
use serde_json::{Map, Value, json};

use crate::forms::{KitchenSink, Login, Search, SignUp};

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
    let media = case["content_type"].as_str().unwrap_or(URLENCODED);
    if !media.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(URLENCODED) {
        let problem = secure_forms::BodyProblem::UnsupportedType;
        return json!({
            "ok": false,
            "problems": [{ "path": "", "kind": problem.name(), "message": problem.to_string() }],
        });
    }
    match bind(case["form"].as_str().unwrap_or_default(), body) {
        Some(Ok((value, _))) => json!({ "ok": true, "value": value }),
        Some(Err(page)) => json!({ "ok": false, "problems": problems(&page) }),
        None => json!({ "error": "unknown form" }),
    }
}

const URLENCODED: &str = "application/x-www-form-urlencoded";

/// The bytes of a case.
pub(crate) fn body(case: &Value) -> Option<Vec<u8>> {
    match (case["body"].as_str(), case["body_b64"].as_str()) {
        (_, Some(encoded)) => STANDARD.decode(encoded).ok(),
        (Some(text), None) => Some(text.as_bytes().to_vec()),
        (None, None) => None,
    }
}

/// A form that passed: its values, and the page that holds them. Else the page that shows it again.
pub(crate) type Told = Result<(Value, Box<FormPage>), Box<FormPage>>;

/// Binds the form of this name.
pub(crate) fn bind(form: &str, body: Vec<u8>) -> Option<Told> {
    let mut submission = Submission::from_urlencoded(body);
    Some(match form {
        "kitchen_sink" => told(submission.bind::<KitchenSink>()),
        "sign_up" => told(submission.bind::<SignUp>()),
        "login" => told(submission.bind::<Login>()),
        "search" => told(submission.bind::<Search<'_>>()),
        _ => return None,
    })
}

fn told<T: Form>(bound: Result<Valid<T>, Rejected<T>>) -> Told {
    let form = bound.map_err(|rejected| Box::new(rejected.into_page()))?;
    let names = T::SPEC.fields.iter().map(|field| field.name.to_owned());
    let texts = form.texts().into_iter().map(|text| text.map_or(Value::Null, Value::String));
    Ok((Value::Object(names.zip(texts).collect::<Map<_, _>>()), Box::new(Blank::new().with(&*form))))
}

fn problems(page: &FormPage) -> Vec<Value> {
    let problem = |problem: &secure_forms::Problem| json!({ "path": problem.path(), "kind": problem.kind().name(), "message": English.problem(problem) });
    page.report().problems().iter().map(problem).collect()
}
