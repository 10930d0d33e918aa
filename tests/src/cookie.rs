//! The `cookie` suite: keys, a name, a time and a value to sign or a cookie to read enter; the cookie, the value or the refusal leaves.

use std::time::Duration;

use secure_forms::KeyRing;
use secure_forms::asset::integrity;
use secure_forms::cookie::{CookieError, CookieName, SignedCookies};
use secure_forms::keys::KeyError;
use secure_forms::session::{Clock, Timestamp};
use serde_json::{Value, json};

/// The application whose cookies the suite signs and reads.
const APP: &str = "conform";

/// Answers one case; a case that is not of the suite's form is answered with `error`.
pub fn answer(case: &Value) -> Value {
    seal_or_open(case).unwrap_or_else(|error| json!({ "error": error }))
}

fn seal_or_open(case: &Value) -> Result<Value, String> {
    let (signed, name) = (signed_cookies(case)?, name(case)?);
    match (&case["read"], &case["value"]) {
        (Value::String(text), _) => Ok(match signed.open(&name, text) {
            Ok(opened) => json!({ "value": opened.value, "reissue": opened.reissue }),
            Err(refusal) => json!({ "refused": refusal.code() }),
        }),
        (_, Value::String(value)) => match signed.seal(&name, value) {
            Ok(text) => Ok(json!({ "cookie": text })),
            Err(CookieError::TooLarge { .. }) => Ok(json!({ "refused": "too_large" })),
            Err(error) => Err(error.to_string()),
        },
        _ => Err("neither `value` nor `read` is text".to_owned()),
    }
}

fn signed_cookies(case: &Value) -> Result<SignedCookies, String> {
    let keys = case["keys"].as_array().ok_or("`keys` is not a list")?;
    let keys: Vec<&str> = keys.iter().map(|key| key.as_str().ok_or("a key is not text")).collect::<Result<_, _>>()?;
    let keys = ring(&keys)?;
    let now = case["now"].as_u64().ok_or("`now` is not a number of seconds")?;
    Ok(SignedCookies::new(keys).with_clock(Clock::stopped_at(Timestamp::from_unix(now))))
}

fn name(case: &Value) -> Result<CookieName<String>, String> {
    let name = case["name"].as_str().ok_or("`name` is not text")?.to_owned();
    let age = case["max_age"].as_u64().ok_or("`max_age` is not a number of seconds")?;
    let name = CookieName::parse(name).map_err(|error| error.to_string())?;
    Ok(name.max_age(Duration::from_secs(age)))
}

/// A corpus may hold keys that repeat a few bytes, which a key ring refuses. Such a key stands for its hash, so that the case is about
/// cookies.
fn ring(keys: &[&str]) -> Result<KeyRing, String> {
    let hashed: Vec<String> = keys.iter().map(|key| unguessable(key)).collect();
    KeyRing::parse(APP, &hashed.join(",")).map_err(|error| error.to_string())
}

fn unguessable(key: &str) -> String {
    match KeyRing::parse(APP, key) {
        Err(KeyError::Guessable { .. }) => integrity(key.as_bytes()).trim_start_matches("sha384-").to_owned(),
        _ => key.to_owned(),
    }
}
