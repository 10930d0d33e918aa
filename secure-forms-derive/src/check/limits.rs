//! Limits that no value of the field's type can meet, or that none can break: a limit above what a type holds, a range without a whole
//! number in it, a length that the pattern or the kind of text beside it never has.

use secure_forms_core::value::count::Unit;
use secure_forms_core::value::format::TextFormat;
use secure_forms_core::value::ip::Version;
use secure_forms_core::value::step::Decimal;
use secure_forms_pattern::{Extent, Options, extent};
use syn::LitStr;

use super::resolve::Resolved;
use crate::diagnostic::{Errors, Message, article};
use crate::model::form::Number;
use crate::model::form::checked::{self, Constraint};
use crate::model::form::written::{self, Bounds, Field, Limit, Rule};
use crate::model::holds::{integer_limits, value_type};

/// Finds every mistake.
pub(super) fn field(field: &Field, rules: &[Resolved<'_>], errors: &mut Errors) {
    for rule in &field.rules {
        match &rule.constraint {
            written::Constraint::Range(bounds) => range(field, bounds, errors),
            written::Constraint::Step(step) => steps(field, rule, *step, errors),
            written::Constraint::Length { bounds, .. } => empty(bounds, errors),
            written::Constraint::Pattern { .. }
            | written::Constraint::Email(_)
            | written::Constraint::Format(..)
            | written::Constraint::OneOf(_)
            | written::Constraint::NoneOf(_) => {}
        }
    }
    for rule in rules {
        match &rule.written.constraint {
            written::Constraint::Length { bounds, .. } => {
                if let Constraint::Length { min, max, unit } = rule.constraint {
                    length(field, rules, Length { bounds, min, max, unit }, errors);
                }
            }
            written::Constraint::Pattern { source, options } => matches_some_text(source, *options, errors),
            written::Constraint::Email(_)
            | written::Constraint::Format(..)
            | written::Constraint::OneOf(_)
            | written::Constraint::NoneOf(_)
            | written::Constraint::Range(_)
            | written::Constraint::Step(_) => {}
        }
    }
    if let Some((0, span)) = field.max_size {
        errors.span(span, Message::new("no file has 0 bytes or less").help("write `max_size = \"2MiB\"`"));
    }
}

fn range(field: &Field, bounds: &Bounds, errors: &mut Errors) {
    let ty = value_type(&field.ty);
    let Some((least, greatest)) = integer_limits(&ty) else { return };
    let found = errors.count();
    for limit in [&bounds.min, &bounds.max].into_iter().flatten() {
        let side = match limit.value {
            Number::Integer(value) if value < least => "less",
            Number::Integer(value) if value > greatest => "more",
            Number::Float(value) if value < least as f64 => "less",
            Number::Float(value) if value > greatest as f64 => "more",
            _ => continue,
        };
        let message = Message::new(format_args!("`{}` is {side} than {} holds", limit.spelled(), article(&ty)));
        let help = "leave the limit out, choose one within these, or another type";
        errors.at(&limit.expr, message.help(format_args!("{} holds {least} to {greatest}: {help}", article(&ty))));
    }
    if let (Some(min), Some(max)) = (&bounds.min, &bounds.max)
        && errors.count() == found
        && min.value.as_f64() <= max.value.as_f64()
        && whole(min, f64::ceil) > whole(max, f64::floor)
    {
        let (low, high) = (whole(min, f64::floor), whole(max, f64::ceil));
        let message = Message::new(format_args!("no `{ty}` lies in `{}..={}`", min.spelled(), max.spelled()));
        let help = format!("{} is a whole number: write `range({low}..={high})`, or the type as `f64`", article(&ty));
        errors.at(&bounds.tokens, message.help(help));
    }
}

fn whole(limit: &Limit, round: fn(f64) -> f64) -> i128 {
    match limit.value {
        Number::Integer(value) => value,
        Number::Float(value) => round(value) as i128,
    }
}

/// Steps are counted from the least number: from 0.5 in ones, no whole number is ever met.
fn steps(field: &Field, rule: &Rule, step: Decimal, errors: &mut Errors) {
    let ty = value_type(&field.ty);
    if integer_limits(&ty).is_none() || meets_whole_number(field.least(), step) != Some(false) {
        return;
    }
    let message = Message::new(format_args!("no `{ty}` lies on these steps"));
    let help = "steps are counted from the least number of `range`: write both as whole numbers";
    errors.at(&rule.key, message.help(help));
}

/// Whether some `base + n·step` is whole; `None` beyond what can be reckoned.
fn meets_whole_number(base: Decimal, step: Decimal) -> Option<bool> {
    let ((base, base_scale), (step, step_scale)) = (base.parts(), step.parts());
    let scale = base_scale.max(step_scale);
    let power = |exponent: u32| 10_i128.checked_pow(exponent);
    let base = base.checked_mul(power(scale.checked_sub(base_scale)?)?)?;
    let step = step.checked_mul(power(scale.checked_sub(step_scale)?)?)?;
    // base + n·step ≡ 0 modulo 10^scale has a solution where the common divisor of step and modulus divides base.
    let (mut a, mut b) = (step, power(scale)?);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    base.checked_rem(a).map(|rest| rest == 0)
}

/// A length with its meaning, and where it is written.
struct Length<'w> {
    bounds: &'w Bounds,
    min: Option<u128>,
    max: Option<u128>,
    unit: checked::Unit,
}

fn empty(bounds: &Bounds, errors: &mut Errors) {
    if bounds.max.as_ref().is_some_and(|max| max.value == Number::Integer(0)) {
        let message = Message::new("no text but the empty one is so short, and that is none");
        errors.at(&bounds.tokens, message.help("write `length(..=32)`, or remove the field"));
    }
}

fn length(field: &Field, rules: &[Resolved<'_>], length: Length<'_>, errors: &mut Errors) {
    let Length { bounds, min, max, unit } = length;
    // How many characters make a cluster is not known here; a length of nothing has been reported.
    let Some(unit) = unit.core().filter(|_| max != Some(0)) else { return };
    let wide = |count: usize| u128::try_from(count).unwrap_or(u128::MAX);
    for rule in rules {
        let Some((what, extent)) = extent_of(field, rule, unit) else { continue };
        let help = if let Some(most) = extent.max.filter(|most| min.is_some_and(|min| wide(*most) < min)) {
            format!("{what} has at most {}", counted(most, unit))
        } else if max.is_some_and(|max| max < wide(extent.min)) {
            format!("{what} has at least {}", counted(extent.min, unit))
        } else {
            continue;
        };
        let message = Message::new(format_args!("no text meets `length` and `{}`", rule.written.key));
        errors.at(&bounds.tokens, message.help(format_args!("{help}: change one of the two")));
    }
}

fn counted(count: usize, unit: Unit) -> String {
    let noun = if unit == Unit::Bytes { "byte" } else { "character" };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A class without characters, as `[a&&b]`, matches nothing.
fn matches_some_text(source: &LitStr, options: Options, errors: &mut Errors) {
    let what = match extent(&source.value(), options, Unit::Chars) {
        None => "no text matches this pattern",
        Some(Extent { max: Some(0), .. }) => "only the empty text matches this pattern, and that is none",
        Some(_) => return,
    };
    errors.at(source, Message::new(what).help("write what may stand there: `pattern(\"[a-z]+\")`"));
}

/// How short and how long the texts are that another rule takes. In a text area CRLF counts once, which a pattern takes for two.
fn extent_of(field: &Field, rule: &Resolved<'_>, unit: Unit) -> Option<(String, Extent)> {
    if let written::Constraint::Pattern { source, options } = &rule.written.constraint
        && field.multiline.is_none()
    {
        let source = source.value();
        return Some((format!("a text of `{source}`"), extent(&source, *options, unit)?));
    }
    let Constraint::Format(format) = rule.constraint else { return None };
    let (min, max) = lengths(format)?;
    Some((format!("a text that is a `{}`", rule.written.key), Extent { min, max: Some(max) }))
}

/// The shortest and the longest text of a kind; all are ASCII. `None` where nothing follows from it.
fn lengths(format: TextFormat) -> Option<(usize, usize)> {
    match format {
        TextFormat::Color => Some((7, 7)),
        TextFormat::Date => Some((10, 10)),
        TextFormat::Uuid(_) => Some((36, 36)),
        TextFormat::Mac => Some((17, 17)),
        TextFormat::Time => Some((5, 12)),
        TextFormat::Ip(Version::V4) => Some((7, 15)),
        TextFormat::Ip(Version::Any | Version::V6) => Some((2, 45)),
        TextFormat::Hostname => Some((1, 253)),
        TextFormat::Slug | TextFormat::Url | TextFormat::PublicUrl => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meets(base: &str, step: &str) -> Option<bool> {
        let decimal = |text| Decimal::parse(text).unwrap();
        meets_whole_number(decimal(base), decimal(step))
    }

    #[test]
    fn steps_meet_a_whole_number_or_never_do() {
        for (base, step) in [("0", "0.05"), ("0.5", "0.5"), ("0.5", "1.5"), ("3", "5"), ("0.1", "0.3"), ("-0.5", "2.5")]
        {
            assert_eq!(meets(base, step), Some(true), "{base} {step}");
        }
        for (base, step) in [("0.5", "1"), ("0.1", "0.2"), ("0.25", "0.5"), ("-0.5", "2")] {
            assert_eq!(meets(base, step), Some(false), "{base} {step}");
        }
    }
}
