//! Rules of one text that exclude each other: two kinds of text, values that are listed and refused, values that another rule never
//! lets through.

use std::collections::HashSet;

use proc_macro2::Ident;
use secure_forms_core::value::count::{Unit, count};
use secure_forms_core::value::{color, date, email, hostname, ip, mac, slug, time, url, uuid};
use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::model::form::{Bounds, Constraint, Field, LimitValue, Rule};
use crate::model::holds::value_type;

/// Finds every mistake.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    kinds(field, errors);
    let of = |test: &Constraint| match test {
        Constraint::OneOf(values) => Some((values.clone(), true)),
        Constraint::NoneOf(values) => Some((values.clone(), false)),
        _ => None,
    };
    for rule in &field.rules {
        let Some((values, are_offered)) = of(&rule.constraint) else { continue };
        twice(&rule.key, &values, errors);
        for value in &values {
            if !is_left_after_trimming(field, value, errors) {
                continue;
            }
            if are_offered {
                offered(field, value, errors);
            }
        }
    }
}

/// A text can be two of these at once: `0a1b2c` and its like are slugs, too.
const TOGETHER: [(&str, &str); 7] = [
    ("hostname", "slug"),
    ("slug", "uuid"),
    ("date", "slug"),
    ("mac", "slug"),
    ("hostname", "uuid"),
    ("hostname", "mac"),
    ("date", "hostname"),
];

fn kinds(field: &Field, errors: &mut Errors) {
    let of_rules =
        field.rules.iter().filter(|rule| matches!(rule.constraint, Constraint::Kind(_) | Constraint::Email(_)));
    let of_rules: Vec<&Ident> = of_rules.map(|rule| &rule.key).collect();
    for (at, second) in of_rules.iter().enumerate() {
        let excluded = |first: &Ident| {
            let (a, b) = (first.to_string(), second.to_string());
            a != b && !TOGETHER.contains(&(a.as_str(), b.as_str())) && !TOGETHER.contains(&(b.as_str(), a.as_str()))
        };
        if let Some(first) = of_rules.iter().take(at).find(|first| excluded(first)) {
            for place in [*first, *second] {
                let message = Message::new(format_args!("no text is `{first}` and `{second}` at once"));
                errors.at(place, message.help("keep one of the two; for either, write `check = function`"));
            }
        }
    }
    let is_address = value_type(&field.ty) == "EmailAddress";
    for key in of_rules.iter().filter(|key| is_address && **key != "email") {
        let message = Message::new(format_args!("no email address is `{key}`"));
        errors.at(key, message.help(format_args!("remove `{key}`, or write the type as `String`")));
    }
}

fn twice(key: &Ident, values: &[LitStr], errors: &mut Errors) {
    let mut seen = HashSet::new();
    for value in values.iter().filter(|value| !seen.insert(value.value())) {
        let message = Message::new(format_args!("`{}` is given twice in `{key}`", value.value()));
        errors.at(value, message.help("remove it here"));
    }
}

/// What is trimmed away is never compared: `one_of` would never take such a value, `none_of` would never refuse it.
fn is_left_after_trimming(field: &Field, value: &LitStr, errors: &mut Errors) -> bool {
    let text = value.value();
    let by_default = field.multiline.is_none() && value_type(&field.ty) != "Secret";
    let is_left = !text.is_empty() && (text.trim() == text || !field.trim.unwrap_or(by_default));
    if !is_left {
        let message = Message::new(format_args!("`{text}` is never what is left of a text after trimming"));
        errors.at(value, message.help("write it without white space at its ends, or remove it"));
    }
    is_left
}

/// A value of `one_of` must get through all else.
fn offered(field: &Field, value: &LitStr, errors: &mut Errors) {
    let text = value.value();
    for rule in &field.rules {
        if let Constraint::NoneOf(refused) = &rule.constraint {
            for twin in refused.iter().filter(|twin| twin.value() == text) {
                for place in [value, twin] {
                    let message = Message::new(format_args!("`{text}` is in `one_of` and in `none_of`"));
                    errors.at(place, message.help("`one_of` refuses all else already: remove it from one of the two"));
                }
            }
        } else if !takes(rule, &text) {
            let message = Message::new(format_args!("`{text}` never passes `{}`", rule.key));
            errors.at(value, message.help(format_args!("change the value, or `{}`", rule.key)));
        }
    }
}

/// Whether the rule lets the text through; what is not known here is let through.
fn takes(rule: &Rule, text: &str) -> bool {
    match &rule.constraint {
        Constraint::Length { bounds, unit } => fits(bounds, unit.as_ref(), text),
        Constraint::Pattern(pattern) => pattern.compiled.as_ref().is_none_or(|compiled| compiled.matches(text)),
        Constraint::Email(None) => email::check(text, email::Level::Strict).is_ok(),
        Constraint::Kind(None) => match rule.key.to_string().as_str() {
            "color" => color::parse(text).is_ok(),
            "date" => date::parse(text).is_ok(),
            "hostname" => hostname::check(text).is_ok(),
            "ip" => ip::parse(text, ip::Version::Any).is_ok(),
            "mac" => mac::parse(text).is_ok(),
            "slug" => slug::check(text).is_ok(),
            "time" => time::parse(text).is_ok(),
            "url" => url::parse(text).is_ok(),
            "uuid" => uuid::parse(text, None).is_ok(),
            _ => true,
        },
        _ => true,
    }
}

fn fits(bounds: &Bounds, unit: Option<&Ident>, text: &str) -> bool {
    let unit = match unit.map(Ident::to_string).as_deref() {
        None | Some("utf16") => Unit::Utf16,
        Some("chars") => Unit::Chars,
        Some("bytes") => Unit::Bytes,
        Some(_) => return true,
    };
    let count = i128::try_from(count(text, unit)).unwrap_or(i128::MAX);
    let holds = |limit: &Option<crate::model::form::Limit>, is_within: fn(i128, i128) -> bool| match limit {
        Some(limit) => !matches!(limit.value, LimitValue::Integer(value) if !is_within(count, value)),
        None => true,
    };
    holds(&bounds.min, |count, min| count >= min) && holds(&bounds.max, |count, max| count <= max)
}
