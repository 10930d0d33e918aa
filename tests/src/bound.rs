//! A case's body bound to one of [`crate::forms`], and what came of it; `form` tells it, `render` shows it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secure_forms::form::FormView;
use secure_forms::{Blank, Form, Rejected, Valid, testing};
use serde_json::{Map, Value};

use crate::forms::{KitchenSink, Login, Search, SignUp};

/// The bytes of a case.
pub(crate) fn body(case: &Value) -> Option<Vec<u8>> {
    match (case["body"].as_str(), case["body_b64"].as_str()) {
        (_, Some(encoded)) => STANDARD.decode(encoded).ok(),
        (Some(text), None) => Some(text.as_bytes().to_vec()),
        (None, None) => None,
    }
}

/// A form that passed: its values, and the page that holds them. Else the page that shows it again.
pub(crate) type Told = Result<(Value, Box<FormView>), Box<FormView>>;

/// Binds the form of this name.
pub(crate) fn bind(form: &str, body: Vec<u8>) -> Option<Told> {
    let mut submission = testing::submission(body);
    Some(match form {
        "kitchen_sink" => told(submission.bind::<KitchenSink>()),
        "sign_up" => told(submission.bind::<SignUp>()),
        "login" => told(submission.bind::<Login>()),
        "search" => told(submission.bind::<Search<'_>>()),
        _ => return None,
    })
}

pub(crate) fn told<T: Form>(bound: Result<Valid<T>, Rejected<T>>) -> Told {
    let form = bound.map_err(|rejected| rejected.into_page().into_view())?;
    let names = T::SPEC.fields.iter().map(|field| field.name.to_owned());
    let texts = form.texts().into_iter().map(|text| text.map_or(Value::Null, Value::String));
    Ok((Value::Object(names.zip(texts).collect::<Map<_, _>>()), Blank::new().with(&*form).into_view()))
}
