//! What of a field a browser checks before it sends (HTML Standard, 4.10.5.3 and 4.10.20): which `type` its input has, and the
//! attributes of its rules. One rule stands above all: a browser never refuses, and never cuts, what the server accepts. (One
//! difference is left: around an address or a URL a browser cuts ASCII white space alone, 4.10.5.1.4 and 4.10.5.1.5.)

use secure_forms_core::value::{date, number};

use super::attribute::{Attributes, attribute};
use crate::form::{
    BrowserChecks, Constraint, EmailLevel, FieldSpec, Input, Invisible, Length, Lines, Number, Presence, Range, Rule,
    Step, TextFormat, Trim,
};

/// The `type` of the input that shows `text`; `textarea` and `select` are no types, but controls of their own.
///
/// A browser empties a number or a date that is none (4.10.5.1.12, value sanitization algorithm): what was typed is then shown in a
/// text control. Where it does not check, it would send nothing of `1,5`, so that numbers are asked for as text.
pub(super) fn kind(field: &FieldSpec, text: Option<&str>, checks: BrowserChecks) -> &'static str {
    let kind = match field.input() {
        Input::Text if field.lines == Lines::Many => "textarea",
        Input::Text => kind_of_text(field),
        Input::Select => "select",
        Input::Email => "email",
        Input::Url => "url",
        Input::Search => "search",
        Input::Tel => "tel",
        Input::Password => "password",
        Input::Integer { .. } | Input::Float => "number",
        Input::Checkbox => "checkbox",
        Input::Hidden => "hidden",
        Input::File => "file",
    };
    let text = text.unwrap_or_default();
    let keeps = match kind {
        "number" if checks == BrowserChecks::Off => false,
        "number" => text.is_empty() || number::float::<f64>(text).is_ok(),
        "date" => text.is_empty() || date::parse(text).is_ok(),
        _ => true,
    };
    if keeps { kind } else { "text" }
}

/// The type of the input whose browsers refuse no more than the rules do. (`time` would refuse seconds, `color` cannot be
/// left empty, `email` does not know quoted names.)
fn kind_of_text(field: &FieldSpec) -> &'static str {
    let kind = |test: Constraint| match test {
        Constraint::Email(EmailLevel::Html | EmailLevel::Strict) => Some("email"),
        #[cfg(feature = "email")]
        Constraint::Email(EmailLevel::Rfc) => None,
        Constraint::Format(format) => kind_of_format(format),
        Constraint::Length(_)
        | Constraint::Pattern(..)
        | Constraint::Range(_)
        | Constraint::Step(_)
        | Constraint::OneOf(_)
        | Constraint::NoneOf(_) => None,
    };
    field.rules.iter().find_map(|rule| kind(rule.constraint)).unwrap_or("text")
}

fn kind_of_format(format: TextFormat) -> Option<&'static str> {
    match format {
        TextFormat::Date => Some("date"),
        TextFormat::Color
        | TextFormat::Hostname
        | TextFormat::Ip(_)
        | TextFormat::Mac
        | TextFormat::Slug
        | TextFormat::Time
        | TextFormat::Url
        | TextFormat::PublicUrl
        | TextFormat::Uuid(_) => None,
    }
}

/// What of a field's rules a browser can check, each the first of its kind: an input has one such attribute.
#[derive(Default)]
struct Checkable {
    length: Option<Length>,
    /// With the sentence that a browser adds to its own (4.10.5.3.6, `title`).
    pattern: Option<(&'static str, Option<&'static str>)>,
    range: Option<Range>,
    step: Option<Step>,
}

impl Checkable {
    fn of(rules: &[Rule]) -> Self {
        let mut found = Self::default();
        for rule in rules {
            match rule.constraint {
                Constraint::Length(length) => found.length = found.length.or(Some(length)),
                // One that browsers read as we do.
                Constraint::Pattern(_, html) => {
                    found.pattern = found.pattern.or(html.map(|html| (html, rule.message)));
                }
                Constraint::Range(range) => found.range = found.range.or(Some(range)),
                Constraint::Step(step) => found.step = found.step.or(Some(step)),
                // The first three are the control's type, or the server's alone; the options of a choice are its elements.
                Constraint::Email(_) | Constraint::Format(_) | Constraint::OneOf(_) | Constraint::NoneOf(_) => {}
            }
        }
        found
    }

    /// The limits of a number, each if there is one.
    fn limits(&self) -> (Option<Number>, Option<Number>) {
        self.range.map_or((None, None), |range| (range.min, range.max))
    }
}

/// The attributes of the field's rules on a control of this kind.
pub(super) fn attributes(out: &mut Attributes, field: &FieldSpec, kind: &str) {
    let is_number = matches!(field.input(), Input::Integer { .. } | Input::Float);
    let rules = Checkable::of(field.rules);
    match kind {
        "number" => limits(out, field, &rules),
        // A number or a date that is none, shown as it was typed: the server says what is wrong with it.
        "text" if is_number => keyboard(out, field, &rules),
        "text" if kind_of_text(field) == "date" => {}
        "text" | "email" | "url" | "search" | "tel" | "password" => {
            lengths(out, field, &rules);
            pattern(out, field, &rules);
        }
        // `pattern` does not exist on a text area.
        "textarea" => lengths(out, field, &rules),
        _ => {}
    }
}

/// Of a field that may be left empty, the server takes white space for nothing; a browser would measure it.
fn may_be_blank(field: &FieldSpec) -> bool {
    let is_nothing = field.trim == Trim::Both || field.invisible == Invisible::Refuse;
    is_nothing && field.kind.presence == Presence::Optional
}

fn lengths(out: &mut Attributes, field: &FieldSpec, rules: &Checkable) {
    let Some(length) = rules.length else { return };
    if let Some(min) = length.html_min().filter(|_| !may_be_blank(field)) {
        attribute(out, "minlength", &min.to_string());
    }
    if let Some(max) = most(field, length) {
        attribute(out, "maxlength", &max.to_string());
    }
}

/// `maxlength` cuts what is pasted, without a word. So white space that the server would trim must not count, and a secret is never
/// cut (ASVS 5.0, 6.2.8: verified exactly as received).
fn most(field: &FieldSpec, length: Length) -> Option<usize> {
    length.html_max().filter(|_| field.trim == Trim::No && !field.kind.is_secret())
}

fn pattern(out: &mut Attributes, field: &FieldSpec, rules: &Checkable) {
    let Some((pattern, message)) = rules.pattern else { return };
    if let Some(message) = message {
        attribute(out, "title", message);
    }
    match (field.trim, may_be_blank(field)) {
        (Trim::No, false) => attribute(out, "pattern", pattern),
        (Trim::No, true) => attribute(out, "pattern", &format!("{SPACE}|(?:{pattern})")),
        (Trim::Both, false) => attribute(out, "pattern", &format!("{SPACE}(?:{pattern}){SPACE}")),
        (Trim::Both, true) => attribute(out, "pattern", &format!("{SPACE}(?:(?:{pattern}){SPACE})?")),
    }
}

/// Unicode's `White_Space`, which the server takes for nothing: `\s` of ECMA-262 (22.2.2.9) lacks U+0085.
const SPACE: &str = r"[\s\u0085]*";

/// Digits for a telephone's keyboard; these have no minus on some, so that only numbers from zero on get them.
fn keyboard(out: &mut Attributes, field: &FieldSpec, rules: &Checkable) {
    let is_positive = match rules.limits().0 {
        Some(Number::Integer(least)) => least >= 0,
        Some(Number::Float(least)) => least >= 0.0,
        None => matches!(field.input(), Input::Integer { min, .. } if min >= 0),
    };
    if is_positive {
        attribute(out, "inputmode", if field.input() == Input::Float { "decimal" } else { "numeric" });
    }
}

fn limits(out: &mut Attributes, field: &FieldSpec, rules: &Checkable) {
    let (least, greatest) = rules.limits();
    let mut limits = [least, greatest];
    if let Input::Integer { min, max } = field.input() {
        // Browsers count steps of 1 from `min`, so it is whole, too. `i128::MAX` may stand for more.
        limits = [
            Some(Number::Integer(least.map_or(min, |limit| whole(limit, f64::ceil)))),
            greatest.map(|limit| whole(limit, f64::floor)).or((max < i128::MAX).then_some(max)).map(Number::Integer),
        ];
    }
    step(out, field, rules);
    for (name, limit) in ["min", "max"].into_iter().zip(limits) {
        if let Some(limit) = limit {
            attribute(out, name, &limit.to_string());
        }
    }
}

/// Browsers count steps from `min`, and without one from the value that is shown: only a fixed start is theirs, too.
fn step(out: &mut Attributes, field: &FieldSpec, rules: &Checkable) {
    let (least, _) = rules.limits();
    let starts_at_min = match field.input() {
        Input::Integer { min, .. } => least.map_or(min == 0, |least| matches!(least, Number::Integer(_))),
        Input::Float => least.is_some(),
        Input::Text
        | Input::Select
        | Input::Email
        | Input::Url
        | Input::Search
        | Input::Tel
        | Input::Password
        | Input::Checkbox
        | Input::Hidden
        | Input::File => false,
    };
    match rules.step {
        Some(step) if starts_at_min => attribute(out, "step", &step.step.to_string()),
        _ if field.input() == Input::Float => attribute(out, "step", "any"),
        _ => {}
    }
}

/// The whole number on the allowed side of a limit.
fn whole(limit: Number, round: fn(f64) -> f64) -> i128 {
    match limit {
        Number::Integer(value) => value,
        Number::Float(value) => round(value) as i128,
    }
}
