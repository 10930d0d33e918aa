//! Suite `html`: a value and its place on a page enter, the escaped text leaves.

use secure_forms::Html;
use secure_forms::html::AttributeValue;
use serde_json::{Value, json};

/// Answers one case; see `conform`.
pub fn answer(case: &Value) -> Value {
    let text = |name| case.get(name).and_then(Value::as_str);
    let (Some(context), Some(value)) = (text("context"), text("value")) else {
        return json!({ "error": "`context` and `value` must be text" });
    };
    let html = match context {
        "text" => Html::text(value).into_string(),
        "attribute" => AttributeValue::new(value).to_string(),
        "url" => AttributeValue::url(value).to_string(),
        "script" => match Html::json_script("data", value) {
            Ok(element) => content(element.as_str()).to_owned(),
            Err(error) => return json!({ "error": error.to_string() }),
        },
        _ => return json!({ "error": "`context` is one of text, attribute, url, script" }),
    };
    json!({ "html": html })
}

/// What stands between the two tags of an element.
fn content(element: &str) -> &str {
    let inside = element.split_once('>').and_then(|(_, rest)| rest.rsplit_once('<'));
    inside.map_or(element, |(content, _)| content)
}
