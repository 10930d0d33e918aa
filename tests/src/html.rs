//! Suite `html`: a value and its place on a page enter, the escaped text leaves.

use secure_forms::Html;
use serde_json::{Value, json};

/// Answers one case; see `conform`.
pub fn answer(case: &Value) -> Value {
    let text = |name| case.get(name).and_then(Value::as_str);
    let (Some(context), Some(value)) = (text("context"), text("value")) else {
        return json!({ "error": "`context` and `value` must be text" });
    };
    let html = match context {
        "text" => Html::text(value),
        "attribute" => Html::attribute(value),
        "url" => Html::url(value),
        "script" => match Html::json(&value) {
            Ok(html) => html,
            Err(error) => return json!({ "error": error.to_string() }),
        },
        _ => return json!({ "error": "`context` is one of text, attribute, url, script" }),
    };
    json!({ "html": html.as_str() })
}
