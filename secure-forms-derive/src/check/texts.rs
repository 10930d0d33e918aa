//! Rules of one text that exclude each other: two kinds of text, values that are listed and refused, values that another rule never
//! lets through.

use std::collections::HashSet;

use proc_macro2::Ident;
use secure_forms_core::value::count::count;
use secure_forms_core::value::email;
use syn::LitStr;

use super::resolve::Resolved;
use crate::diagnostic::{Errors, Message};
use crate::model::form::Format;
use crate::model::form::checked::{Constraint, EmailLevel, Unit};
use crate::model::form::written::{self, Field, Rule};
use crate::model::holds::value_type;

/// Finds every mistake.
pub(super) fn field(field: &Field, rules: &[Resolved<'_>], errors: &mut Errors) {
    kinds(field, errors);
    for rule in &field.rules {
        match &rule.constraint {
            written::Constraint::OneOf(values) => {
                let left = left_after_trimming(field, rule, values, errors);
                left.into_iter().for_each(|value| offered(rules, value, errors));
            }
            written::Constraint::NoneOf(values) => drop(left_after_trimming(field, rule, values, errors)),
            written::Constraint::Length { .. }
            | written::Constraint::Pattern { .. }
            | written::Constraint::Email(_)
            | written::Constraint::Format(..)
            | written::Constraint::Range(_)
            | written::Constraint::Step(_) => {}
        }
    }
}

/// What a text is asked to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Email,
    Format(Format),
}

impl Kind {
    fn of(rule: &Rule) -> Option<Self> {
        match rule.constraint {
            written::Constraint::Email(_) => Some(Self::Email),
            written::Constraint::Format(format, _) => Some(Self::Format(format)),
            written::Constraint::Length { .. }
            | written::Constraint::Pattern { .. }
            | written::Constraint::OneOf(_)
            | written::Constraint::NoneOf(_)
            | written::Constraint::Range(_)
            | written::Constraint::Step(_) => None,
        }
    }
}

/// A text can be two of these at once: `0a1b2c` and its like are slugs, too.
const TOGETHER: [(Format, Format); 7] = [
    (Format::Hostname, Format::Slug),
    (Format::Slug, Format::Uuid),
    (Format::Date, Format::Slug),
    (Format::Mac, Format::Slug),
    (Format::Hostname, Format::Uuid),
    (Format::Hostname, Format::Mac),
    (Format::Date, Format::Hostname),
];

fn go_together(a: Kind, b: Kind) -> bool {
    match (a, b) {
        (Kind::Format(a), Kind::Format(b)) => a == b || TOGETHER.contains(&(a, b)) || TOGETHER.contains(&(b, a)),
        (a, b) => a == b,
    }
}

fn kinds(field: &Field, errors: &mut Errors) {
    let of_rules: Vec<(Kind, &Ident)> =
        field.rules.iter().filter_map(|rule| Some((Kind::of(rule)?, &rule.key))).collect();
    for (at, (kind, second)) in of_rules.iter().enumerate() {
        if let Some((_, first)) = of_rules.iter().take(at).find(|(first, _)| !go_together(*first, *kind)) {
            for place in [*first, *second] {
                let message = Message::new(format_args!("no text is `{first}` and `{second}` at once"));
                errors.at(place, message.help("keep one of the two; for either, write `check = function`"));
            }
        }
    }
    let is_address = value_type(&field.ty) == "EmailAddress";
    for (_, key) in of_rules.iter().filter(|(kind, _)| is_address && *kind != Kind::Email) {
        let message = Message::new(format_args!("no email address is `{key}`"));
        errors.at(key, message.help(format_args!("remove `{key}`, or write the type as `String`")));
    }
}

/// The values that are compared at all; those that are not, or that stand twice, are reported.
fn left_after_trimming<'v>(field: &Field, rule: &Rule, values: &'v [LitStr], errors: &mut Errors) -> Vec<&'v LitStr> {
    twice(&rule.key, values, errors);
    values.iter().filter(|value| is_left_after_trimming(field, value, errors)).collect()
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
fn offered(rules: &[Resolved<'_>], value: &LitStr, errors: &mut Errors) {
    let text = value.value();
    for rule in rules {
        let key = &rule.written.key;
        if let Constraint::NoneOf(refused) = &rule.constraint {
            for twin in refused.iter().filter(|twin| twin.value() == text) {
                for place in [value, twin] {
                    let message = Message::new(format_args!("`{text}` is in `one_of` and in `none_of`"));
                    errors.at(place, message.help("`one_of` refuses all else already: remove it from one of the two"));
                }
            }
        } else if !takes(&rule.constraint, &text) {
            let message = Message::new(format_args!("`{text}` never passes `{key}`"));
            errors.at(value, message.help(format_args!("change the value, or `{key}`")));
        }
    }
}

/// Whether the rule lets the text through; what is not known here is let through.
fn takes(constraint: &Constraint, text: &str) -> bool {
    match constraint {
        Constraint::Length { min, max, unit } => fits(*min, *max, *unit, text),
        Constraint::Pattern(engine) => engine.matches(text),
        Constraint::Email(EmailLevel::Html) => email::check(text, email::Level::Html).is_ok(),
        Constraint::Email(EmailLevel::Strict) => email::check(text, email::Level::Strict).is_ok(),
        Constraint::Format(format) => format.matches(text),
        Constraint::Email(EmailLevel::Rfc)
        | Constraint::OneOf(_)
        | Constraint::NoneOf(_)
        | Constraint::Range { .. }
        | Constraint::Step { .. } => true,
    }
}

fn fits(min: Option<u128>, max: Option<u128>, unit: Unit, text: &str) -> bool {
    let Some(unit) = unit.core() else { return true };
    let count = u128::try_from(count(text, unit)).unwrap_or(u128::MAX);
    min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max)
}
