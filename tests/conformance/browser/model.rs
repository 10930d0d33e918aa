//! What a browser does with an input, as the HTML Standard has it: value sanitization (4.10.5.1), `maxlength` (4.10.18.3), constraint
//! validation (4.10.20). A control as it was rendered and a text enter, what is sent leaves.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;

use super::super::value_of;

/// What a browser sends of what is typed into this control; `None` where it refuses.
pub(super) fn sent(html: &str, typed: &str) -> Option<String> {
    let is_area = html.contains("<textarea");
    let kind = if is_area { "textarea".to_owned() } else { value_of(html, "type")? };
    let value = sanitized(&kind, typed)?;
    let number = |name: &str| value_of(html, name).map(|text| text.parse::<usize>().unwrap());
    let value = cut(&value, number("maxlength").unwrap_or(usize::MAX));
    if value.is_empty() {
        return (!html.contains(" required")).then_some(value);
    }
    let units = value.encode_utf16().count();
    let is_right = number("minlength").is_none_or(|min| units >= min)
        && value_of(html, "pattern").is_none_or(|pattern| matches(&pattern, &value))
        && match kind.as_str() {
            "email" => matches(EMAIL, &value),
            "url" => url::Url::parse(&value).is_ok(),
            "number" => is_within(html, &value),
            _ => true,
        };
    // What a text area sends has CRLF (4.10.22.4).
    is_right.then(|| if is_area { value.replace('\n', "\r\n") } else { value })
}

/// The value sanitization algorithm of each type; `None` for what is no number, which a browser refuses (bad input).
fn sanitized(kind: &str, typed: &str) -> Option<String> {
    let line = typed.replace(['\r', '\n'], "");
    let ascii = |c: char| matches!(c, '\t' | '\n' | '\x0c' | '\r' | ' ');
    match kind {
        "textarea" => Some(typed.replace("\r\n", "\n").replace('\r', "\n")),
        "email" | "url" => Some(line.trim_matches(ascii).to_owned()),
        "number" => {
            let line = line.trim_matches(ascii);
            (line.is_empty() || matches(r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", line)).then(|| line.to_owned())
        }
        // Only a date can be entered.
        "date" => Some(line.trim_matches(ascii).to_owned()),
        _ => Some(line),
    }
}

/// No more than `most` UTF-16 code units can be entered.
fn cut(value: &str, most: usize) -> String {
    let mut units = 0;
    value
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= most
        })
        .collect()
}

/// The regular expression of the HTML Standard, 4.10.5.1.5.
const EMAIL: &str = r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*";

thread_local! {
    static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
}

/// All of the value, with `\s` as ECMA-262 has it (22.2.2.9: with U+FEFF and without U+0085).
fn matches(pattern: &str, value: &str) -> bool {
    let space = r"\t\n\x0B\x0C\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    let compile = || Regex::new(&format!("^(?:{})$", pattern.replace(r"\s", space))).unwrap();
    COMPILED.with_borrow_mut(|known| known.entry(pattern.to_owned()).or_insert_with(compile).is_match(value))
}

/// Range and step (4.10.5.3.7 and 4.10.5.3.8), counted in double precision with room for its rounding, as browsers do.
fn is_within(html: &str, value: &str) -> bool {
    let limit = |name: &str| value_of(html, name).and_then(|text| text.parse::<f64>().ok());
    let value: f64 = value.parse().unwrap();
    let step = if value_of(html, "step").as_deref() == Some("any") { None } else { Some(limit("step").unwrap_or(1.0)) };
    let steps = step.map_or(0.0, |step| (value - limit("min").unwrap_or(0.0)) / step);
    limit("min").is_none_or(|min| value >= min)
        && limit("max").is_none_or(|max| value <= max)
        && (steps - steps.round()).abs() < 1e-6
}
