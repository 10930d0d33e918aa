//! Suite `filename`: the name of an upload enters, the stored name and its download header leave.

use secure_forms::upload::FileName;
use serde_json::{Value, json};

/// Answers one case; see `conform`.
pub fn answer(case: &Value) -> Value {
    let Some(given) = case.get("filename").and_then(Value::as_str) else {
        return json!({ "error": "`filename` must be text" });
    };
    let name = FileName::clean(given);
    json!({ "stored": name.as_str(), "content_disposition": name.attachment() })
}
