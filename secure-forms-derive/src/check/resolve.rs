//! What a rule asks, from the words that were written: units, levels and versions become values, patterns tables, limits numbers. A word
//! that is unknown is reported, and its rule is left out, or taken without the word where it has a meaning without.

use secure_forms_core::nearest::nearest;
use secure_forms_core::value::format::TextFormat;
use secure_forms_core::value::ip;
use secure_forms_pattern::Options;
use syn::{Ident, LitStr};

use super::pattern;
use crate::diagnostic::{Errors, Message, list};
use crate::model::form::checked::{Constraint, EmailLevel, Unit};
use crate::model::form::written::{Bounds, Field, Limit, Rule};
use crate::model::form::{Format, Number, written};

/// A rule whose meaning is known, and how it is written.
pub(super) struct Resolved<'w> {
    pub(super) written: &'w Rule,
    pub(super) constraint: Constraint,
}

/// The rules of a field, without those that have no meaning.
pub(super) fn rules<'w>(field: &'w Field, errors: &mut Errors) -> Vec<Resolved<'w>> {
    let resolved = |rule: &'w Rule| Some(Resolved { written: rule, constraint: constraint(field, rule, errors)? });
    field.rules.iter().filter_map(resolved).collect()
}

fn constraint(field: &Field, rule: &Rule, errors: &mut Errors) -> Option<Constraint> {
    Some(match &rule.constraint {
        written::Constraint::Length { bounds, unit } => {
            ordered("length", bounds, errors);
            let (min, max) = (count(bounds.min.as_ref(), errors), count(bounds.max.as_ref(), errors));
            let unit = unit.as_ref().map_or(Some(Unit::Utf16), |unit| self::unit(unit, errors))?;
            Constraint::Length { min, max, unit }
        }
        written::Constraint::Range(bounds) => {
            ordered("range", bounds, errors);
            let number = |limit: &Option<Limit>| limit.as_ref().map(|limit| limit.value);
            Constraint::Range { min: number(&bounds.min), max: number(&bounds.max) }
        }
        written::Constraint::Email(level) => {
            Constraint::Email(level.as_ref().map_or(Some(EmailLevel::Strict), |level| self::level(level, errors))?)
        }
        written::Constraint::Pattern { source, options } => compiled(source, *options, errors)?,
        written::Constraint::Format(name, version) => {
            Constraint::Format(format(*name, &rule.key, version.as_ref(), errors))
        }
        written::Constraint::OneOf(values) => Constraint::OneOf(values.clone()),
        written::Constraint::NoneOf(values) => Constraint::NoneOf(values.clone()),
        written::Constraint::Step(step) => Constraint::Step { step: *step, base: field.least() },
    })
}

const UNITS: [(&str, Unit); 4] =
    [("utf16", Unit::Utf16), ("chars", Unit::Chars), ("bytes", Unit::Bytes), ("graphemes", Unit::Graphemes)];

fn unit(word: &Ident, errors: &mut Errors) -> Option<Unit> {
    one_of("unit", "length(3..=32, unit = chars)", word, &UNITS, errors)
}

const LEVELS: [(&str, EmailLevel); 3] =
    [("html", EmailLevel::Html), ("strict", EmailLevel::Strict), ("rfc", EmailLevel::Rfc)];

fn level(word: &Ident, errors: &mut Errors) -> Option<EmailLevel> {
    one_of("level", "email(strict)", word, &LEVELS, errors)
}

const IP_VERSIONS: [(&str, ip::Version); 2] = [("v4", ip::Version::V4), ("v6", ip::Version::V6)];

/// RFC 9562, 4.2.
const UUID_VERSIONS: [(&str, u8); 8] =
    [("v1", 1), ("v2", 2), ("v3", 3), ("v4", 4), ("v5", 5), ("v6", 6), ("v7", 7), ("v8", 8)];

const URL_KINDS: [(&str, TextFormat); 1] = [("public", TextFormat::PublicUrl)];

/// The kind of text, in the version that is named.
fn format(name: Format, key: &Ident, version: Option<&Ident>, errors: &mut Errors) -> TextFormat {
    let mut without = |format: TextFormat| {
        if let Some(version) = version {
            let message = Message::new(format_args!("`{key}` has no versions"));
            errors.at(version, message.help(format_args!("write `{key}`")));
        }
        format
    };
    match name {
        Format::Color => without(TextFormat::Color),
        Format::Date => without(TextFormat::Date),
        Format::Hostname => without(TextFormat::Hostname),
        Format::Mac => without(TextFormat::Mac),
        Format::Slug => without(TextFormat::Slug),
        Format::Time => without(TextFormat::Time),
        Format::Ip => {
            let version = version.and_then(|word| one_of("version", "ip(v4)", word, &IP_VERSIONS, errors));
            TextFormat::Ip(version.unwrap_or_default())
        }
        Format::Url => {
            let kind = version.and_then(|word| one_of("kind", "url(public)", word, &URL_KINDS, errors));
            kind.unwrap_or(TextFormat::Url)
        }
        Format::Uuid => {
            TextFormat::Uuid(version.and_then(|word| one_of("version", "uuid(v4)", word, &UUID_VERSIONS, errors)))
        }
    }
}

/// The value of a word; one that is unknown is reported.
fn one_of<T: Copy>(what: &str, example: &str, word: &Ident, known: &[(&str, T)], errors: &mut Errors) -> Option<T> {
    let name = word.to_string();
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    if found.is_none() {
        let names = || known.iter().map(|(known, _)| *known);
        let near = nearest(&name, names()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        let help = format!("{near}write `{example}`; the {what}s are {}", list(names()));
        errors.at(word, Message::new(format_args!("unknown {what} `{word}`")).help(help));
    }
    found
}

fn ordered(key: &str, bounds: &Bounds, errors: &mut Errors) {
    if let (Some(min), Some(max)) = (&bounds.min, &bounds.max)
        && min.value.as_f64() > max.value.as_f64()
    {
        let (low, high) = (min.spelled(), max.spelled());
        let message = Message::new(format_args!("`{key}({low}..={high})`: {low} is above {high}"));
        errors.at(&bounds.tokens, message.help(format_args!("write `{key}({high}..={low})`")));
    }
}

/// A limit of a length; one that is none is reported.
fn count(limit: Option<&Limit>, errors: &mut Errors) -> Option<u128> {
    let limit = limit?;
    if let Number::Integer(value) = limit.value
        && let Ok(count) = u128::try_from(value)
    {
        return Some(count);
    }
    let message = Message::new(format_args!("`{}` is no length", limit.spelled()));
    errors.at(&limit.expr, message.help("write a whole number that is not negative: `length(3..=32)`"));
    None
}

/// For mistakes that say by themselves what they are.
const PATTERN_HELP: &str = "patterns have the syntax of the regex crate: `[a-z]+`, `\\d{4}`; escape a bracket as `\\[`";

fn compiled(written: &LitStr, options: Options, errors: &mut Errors) -> Option<Constraint> {
    let source = written.value();
    match pattern::compiled(&source, options) {
        Ok(engine) => Some(Constraint::Pattern(engine)),
        Err(error) => {
            let wrong = source.get(error.span.clone()).unwrap_or_default();
            let place = if wrong.is_empty() { String::new() } else { format!(" at `{wrong}`") };
            errors.at(written, Message::new(format_args!("{error}{place}")).help(error.help().unwrap_or(PATTERN_HELP)));
            None
        }
    }
}
