//! Limits that no value of the field's type can meet, or that none can break: a limit above what a type holds, a range without a whole
//! number in it, a length that the pattern or the kind of text beside it never has.

use proc_macro2::Ident;
use secure_forms_core::pattern::{Extent, extent};
use secure_forms_core::value::count::Unit;
use secure_forms_core::value::step::Decimal;

use crate::diagnostic::{Errors, Message, article};
use crate::model::form::{Bounds, Constraint, Field, Limit, LimitValue, Pattern, Rule};
use crate::model::holds::{integer_limits, value_type};

/// Finds every mistake.
pub(super) fn field(field: &Field, errors: &mut Errors) {
    for rule in &field.rules {
        match &rule.constraint {
            Constraint::Range(bounds) => range(field, bounds, errors),
            Constraint::Step(step) => steps(field, rule, *step, errors),
            Constraint::Length { bounds, unit } => length(field, bounds, unit.as_ref(), errors),
            Constraint::Pattern(pattern) if pattern.compiled.is_some() => matches_some_text(pattern, errors),
            _ => {}
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
            LimitValue::Integer(value) if value < least => "less",
            LimitValue::Integer(value) if value > greatest => "more",
            LimitValue::Float(value) if value < least as f64 => "less",
            LimitValue::Float(value) if value > greatest as f64 => "more",
            _ => continue,
        };
        let message = Message::new(format_args!("`{}` is {side} than {} holds", limit.spelled(), article(&ty)));
        let help = "leave the limit out, choose one within these, or another type";
        errors.at(&limit.expr, message.help(format_args!("{} holds {least} to {greatest}: {help}", article(&ty))));
    }
    if let (Some(min), Some(max)) = (&bounds.min, &bounds.max)
        && errors.count() == found
        && min.as_f64() <= max.as_f64()
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
        LimitValue::Integer(value) => value,
        LimitValue::Float(value) => round(value) as i128,
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

fn length(field: &Field, bounds: &Bounds, unit: Option<&Ident>, errors: &mut Errors) {
    let count = |limit: &Option<Limit>| match limit.as_ref()?.value {
        LimitValue::Integer(value) => usize::try_from(value).ok(),
        LimitValue::Float(_) => None,
    };
    let (min, max) = (count(&bounds.min), count(&bounds.max));
    if max == Some(0) {
        let message = Message::new("no text but the empty one is so short, and that is none");
        return errors.at(&bounds.tokens, message.help("write `length(..=32)`, or remove the field"));
    }
    let Some(unit) = self::unit(unit) else { return };
    for rule in &field.rules {
        let Some((what, extent)) = extent_of(field, rule, unit) else { continue };
        let help = if extent.max.is_some_and(|most| min.is_some_and(|min| most < min)) {
            format!("{what} has at most {}", counted(extent.max.unwrap_or_default(), unit))
        } else if max.is_some_and(|max| max < extent.min) {
            format!("{what} has at least {}", counted(extent.min, unit))
        } else {
            continue;
        };
        let message = Message::new(format_args!("no text meets `length` and `{}`", rule.key));
        errors.at(&bounds.tokens, message.help(format_args!("{help}: change one of the two")));
    }
}

fn counted(count: usize, unit: Unit) -> String {
    let noun = if unit == Unit::Bytes { "byte" } else { "character" };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A class without characters, as `[a&&b]`, matches nothing.
fn matches_some_text(pattern: &Pattern, errors: &mut Errors) {
    let what = match extent(&pattern.source.value(), pattern.options, Unit::Chars) {
        None => "no text matches this pattern",
        Some(Extent { max: Some(0), .. }) => "only the empty text matches this pattern, and that is none",
        Some(_) => return,
    };
    errors.at(&pattern.source, Message::new(what).help("write what may stand there: `pattern(\"[a-z]+\")`"));
}

fn unit(written: Option<&Ident>) -> Option<Unit> {
    match written.map(Ident::to_string).as_deref() {
        None | Some("utf16") => Some(Unit::Utf16),
        Some("chars") => Some(Unit::Chars),
        Some("bytes") => Some(Unit::Bytes),
        // How many characters make a cluster is not known here.
        Some(_) => None,
    }
}

/// How short and how long the texts are that another rule takes. In a text area CRLF counts once, which a pattern takes for two.
fn extent_of(field: &Field, rule: &Rule, unit: Unit) -> Option<(String, Extent)> {
    match &rule.constraint {
        Constraint::Pattern(pattern) if field.multiline.is_none() => {
            let source = pattern.source.value();
            Some((format!("a text of `{source}`"), extent(&source, pattern.options, unit)?))
        }
        Constraint::Kind(version) => {
            let version = version.as_ref().map(Ident::to_string);
            let (min, max) = match (rule.key.to_string().as_str(), version.as_deref()) {
                ("color", _) => (7, Some(7)),
                ("date", _) => (10, Some(10)),
                ("uuid", _) => (36, Some(36)),
                ("mac", _) => (17, Some(17)),
                ("time", _) => (5, Some(12)),
                ("ip", Some("v4")) => (7, Some(15)),
                ("ip", _) => (2, Some(45)),
                ("hostname", _) => (1, Some(253)),
                _ => return None,
            };
            Some((format!("a text that is a `{}`", rule.key), Extent { min, max }))
        }
        _ => None,
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
