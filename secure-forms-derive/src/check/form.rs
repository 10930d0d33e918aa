//! A form that can be read may still contradict itself; here is where patterns are compiled, names compared, limits weighed.

use proc_macro2::Ident;
use quote::ToTokens;
use secure_forms_core::pattern;
use syn::Type;

use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::form::{Bounds, Field, Form, LimitValue, Pattern, Rule, Test};

/// Names that belong to the form's protection.
const RESERVED: [&str; 2] = ["csrf_token", "next"];

/// Finds every mistake, and compiles the patterns in place.
pub(crate) fn form(form: &mut Form, errors: &mut Errors) {
    for field in &mut form.fields {
        for rule in &mut field.rules {
            self::rule(rule, errors);
        }
        email_type_has_email_key(field, errors);
    }
    for (at, field) in form.fields.iter().enumerate() {
        name(field, &form.fields[..at], errors);
        equal_to(field, &form.fields, errors);
        multiline(field, errors);
    }
}

fn name(field: &Field, before: &[Field], errors: &mut Errors) {
    if let Some(twin) = before.iter().find(|twin| twin.wire == field.wire) {
        for span in [twin.wire_span, field.wire_span] {
            let message = Message::new(format_args!("two fields are called `{}` on the wire", field.wire));
            errors.span(span, message.help("give one of them another name: `rename = \"…\"`"));
        }
    }
    if RESERVED.contains(&field.wire.as_str()) {
        let message = Message::new(format_args!("`{}` belongs to the form's protection", field.wire));
        errors.span(field.wire_span, message.help("give the field another name on the wire: `rename = \"…\"`"));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if field.wire.is_empty() || !field.wire.chars().all(is_plain) {
        let message = Message::new(format_args!("`{}` cannot be a field's name on the wire", field.wire));
        errors
            .span(field.wire_span, message.help("use letters, digits, `_` and `-`; `.` and `[` are for nested forms"));
    }
}

fn equal_to(field: &Field, all: &[Field], errors: &mut Errors) {
    let Some(other) = &field.equal_to else { return };
    let Some(twin) = all.iter().find(|twin| twin.ident == *other) else {
        let names: Vec<String> = all.iter().map(|twin| twin.ident.to_string()).collect();
        let word = other.to_string();
        let message = Message::new(format_args!("the form has no field `{other}`"));
        let help = match nearest(&word, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its fields are {}", list(names.iter().map(String::as_str))),
        };
        return errors.at(other, message.help(help));
    };
    if twin.ident == field.ident {
        errors.at(other, Message::new("a field is always equal to itself").help("name the field that it repeats"));
    } else if text(&twin.ty) != text(&field.ty) {
        let message =
            format!("`{}` is `{}`, but `{}` is `{}`", field.ident, text(&field.ty), twin.ident, text(&twin.ty));
        errors.at(other, Message::new(message).help("fields that must be equal are of one type"));
    }
}

fn multiline(field: &Field, errors: &mut Errors) {
    if let (Some(span), Some(_)) = (field.multiline, field.widget) {
        errors.span(
            span,
            Message::new("`multiline` makes a text area, which cannot be another control too")
                .help("remove one of both"),
        );
    }
}

fn email_type_has_email_key(field: &Field, errors: &mut Errors) {
    let is_address = matches!(&field.ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "EmailAddress"));
    if let Some(rule) = field.rules.iter().find(|rule| is_address && matches!(rule.test, Test::Email(_))) {
        errors.at(
            &rule.key,
            Message::new("`EmailAddress` is an address already").help("remove `email`, or write the type as `String`"),
        );
    }
}

fn rule(rule: &mut Rule, errors: &mut Errors) {
    match &mut rule.test {
        Test::Length { bounds, unit } => {
            ordered("length", bounds, errors);
            whole_and_positive(bounds, errors);
            if let Some(unit) = unit
                && !UNITS.contains(&unit.to_string().as_str())
            {
                let message =
                    Message::new(format_args!("unknown unit `{unit}`")).help(format_args!("units are {}", list(UNITS)));
                errors.at(unit, message);
            }
        }
        Test::Range(bounds) => ordered("range", bounds, errors),
        Test::Email(Some(level)) if !LEVELS.contains(&level.to_string().as_str()) => {
            let message =
                Message::new(format_args!("unknown level `{level}`")).help(format_args!("levels are {}", list(LEVELS)));
            errors.at(level, message);
        }
        Test::Pattern(pattern) => compile(pattern, errors),
        Test::Kind(Some(version)) => self::version(&rule.key, version, errors),
        Test::Email(_) | Test::Kind(None) | Test::OneOf(_) | Test::NoneOf(_) | Test::Step(_) => {}
    }
}

/// The versions of a kind of text that has some (RFC 9562, 4.2, for UUIDs).
fn version(key: &Ident, version: &Ident, errors: &mut Errors) {
    let known: &[&str] = match key.to_string().as_str() {
        "ip" => &["v4", "v6"],
        "uuid" => &["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"],
        _ => &[],
    };
    if !known.contains(&version.to_string().as_str()) {
        let help = match known {
            [] => format!("write `{key}`"),
            known => format!("versions are {}", list(known.iter().copied())),
        };
        errors.at(version, Message::new(format_args!("`{key}` has no version `{version}`")).help(help));
    }
}

const UNITS: [&str; 4] = ["utf16", "chars", "bytes", "graphemes"];
const LEVELS: [&str; 3] = ["html", "strict", "rfc"];

fn ordered(key: &str, bounds: &Bounds, errors: &mut Errors) {
    if let (Some(min), Some(max)) = (&bounds.min, &bounds.max)
        && min.as_f64() > max.as_f64()
    {
        let (low, high) = (min.expr.to_token_stream(), max.expr.to_token_stream());
        let message = Message::new(format_args!("`{key}({})`: {low} is above {high}", bounds.tokens));
        errors.at(&bounds.tokens, message.help(format_args!("write `{key}({high}..={low})`")));
    }
}

fn whole_and_positive(bounds: &Bounds, errors: &mut Errors) {
    for limit in [&bounds.min, &bounds.max].into_iter().flatten() {
        if !matches!(limit.value, LimitValue::Integer(0..)) {
            let message = Message::new("a length is a whole number that is not negative");
            errors.at(&limit.expr, message.help("write `length(3..=32)`"));
        }
    }
}

/// For mistakes that say by themselves what they are.
const PATTERN_HELP: &str = "patterns have the syntax of the regex crate: `[a-z]+`, `\\d{4}`; escape a bracket as `\\[`";

fn compile(rule: &mut Pattern, errors: &mut Errors) {
    match pattern::compile(&rule.source.value(), rule.options) {
        Ok(compiled) => rule.compiled = Some(compiled),
        Err(error) => {
            let source = rule.source.value();
            let wrong = source.get(error.span.clone()).unwrap_or_default();
            let place = if wrong.is_empty() { String::new() } else { format!(" at `{wrong}`") };
            errors.at(
                &rule.source,
                Message::new(format_args!("{error}{place}")).help(error.help().unwrap_or(PATTERN_HELP)),
            );
        }
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}
