//! The `render` suite: one of [`crate::forms`] as markup, empty (`"body": null`) or filled again with a body.

use secure_forms::{Blank, Html};
use serde_json::{Value, json};

use crate::bound::{bind, body};
use crate::forms::{KitchenSink, Login, Search, SignUp};

/// Answers one case.
///
/// ```
/// use secure_forms_tests::render::answer;
/// use serde_json::json;
///
/// let html = answer(&json!({ "form": "login", "body": "username=%3Cb%3E" }));
/// assert!(html["html"].as_str().unwrap().contains("value=\"&lt;b&gt;\""));
/// ```
pub fn answer(case: &Value) -> Value {
    let form = case["form"].as_str().unwrap_or_default();
    let html = match body(case) {
        None => blank(form),
        Some(body) => bind(form, body).map(|told| told.map_or_else(|page| page, |(_, page)| page).render()),
    };
    html.map_or_else(|| json!({ "error": "unknown form" }), |html| json!({ "html": html.as_str() }))
}

fn blank(form: &str) -> Option<Html> {
    Some(match form {
        "kitchen_sink" => Blank::<KitchenSink>::new().page().render(),
        "sign_up" => Blank::<SignUp>::new().page().render(),
        "login" => Blank::<Login>::new().page().render(),
        "search" => Blank::<Search<'_>>::new().page().render(),
        _ => return None,
    })
}
