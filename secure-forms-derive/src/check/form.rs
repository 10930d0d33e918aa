//! A form that can be read may still contradict itself; here is where patterns are compiled, names compared, limits weighed.

use syn::{Ident, Type};

use super::{autocomplete, hidden, limits, readable, sentences, texts, types};
use crate::diagnostic::{Errors, Message, article, list};
use crate::model::form::{Bounds, Constraint, Field, Form, LimitValue, Method, Pattern, Rule, spelled};
use crate::model::holds::value_type;
use secure_forms_core::nearest::nearest;

/// Names that belong to the form's protection.
const RESERVED: [&str; 2] = ["csrf_token", "next"];

fn is_reserved(field: &Field) -> bool {
    RESERVED.contains(&field.wire.as_str())
}

/// Finds every mistake, and compiles the patterns in place.
pub(crate) fn form(form: &mut Form, errors: &mut Errors) {
    form_name(form, errors);
    for field in &mut form.fields {
        for rule in &mut field.rules {
            self::rule(rule, errors);
        }
        type_is_the_rule(field, errors);
        super::files::files(field, errors);
        // What belongs to the form's protection is told for that.
        if !is_reserved(field) {
            readable::field(field, errors);
        }
        types::field(field, errors);
        hidden::field(field, errors);
        sentences::field(field, errors);
        autocomplete::field(field, errors);
        limits::field(field, errors);
        texts::field(field, errors);
    }
    for (at, field) in form.fields.iter().enumerate() {
        name(field, &form.fields[..at], errors);
        equal_to(field, &form.fields, errors);
        multiline(field, errors);
        if form.method == Method::Get {
            in_query(field, errors);
        }
    }
}

/// Ids are made of the name, and lists of ids are separated by white space (HTML Standard, 3.2.6; WAI-ARIA 1.2, 6.2.4).
fn form_name(form: &Form, errors: &mut Errors) {
    let Some(span) = form.name_span else { return };
    if form.name.is_empty() || !form.name.chars().all(is_plain) {
        let message = match form.name.as_str() {
            "" => Message::new("a form's name begins the ids of its controls, and cannot be empty"),
            name => Message::new(format_args!("`{name}` cannot begin the ids of a form's controls")),
        };
        errors.span(span, message.help("use letters, digits, `_` and `-`: `name = \"sign-up\"`"));
    }
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

fn name(field: &Field, before: &[Field], errors: &mut Errors) {
    let wire = &field.wire;
    if let Some(twin) = before.iter().find(|twin| twin.wire == *wire) {
        for span in [twin.wire_span, field.wire_span] {
            let both = format_args!("`{}` and `{}` are both called `{wire}` on the wire", twin.ident, field.ident);
            errors.span(
                span,
                Message::new(both).help(format_args!("write `#[field(rename = \"other-{wire}\")]` above one")),
            );
        }
    }
    if is_reserved(field) {
        let message = Message::new(format_args!("`{wire}` belongs to the form's protection"));
        let help =
            format!("give the field another name on the wire: `#[field(rename = \"my-{}\")]`", wire.replace('_', "-"));
        errors.span(field.wire_span, message.help(help));
    }
    if wire.is_empty() || !wire.chars().all(is_plain) {
        let message = match wire.as_str() {
            "" => Message::new(format_args!("`{}` has no name on the wire", field.ident)),
            _ => Message::new(format_args!("`{wire}` cannot be a field's name on the wire")),
        };
        let help = "use letters, digits, `_` and `-`: `rename = \"wire-name\"`; `.` and `[` are for nested forms";
        errors.span(field.wire_span, message.help(help));
    }
}

/// The types that the name tells; the table itself refuses the others, under whatever name they stand.
fn in_query(field: &Field, errors: &mut Errors) {
    let ty = spelled(&field.ty);
    let (what, note) = match ty.strip_prefix("Option<").and_then(|inner| inner.strip_suffix('>')).unwrap_or(&ty) {
        "Secret" => ("a secret", "a URL is kept in histories and logs, and is told to other sites (RFC 9110, 17.9)"),
        "Upload" => ("a file", "of a file, a URL can carry the name alone (HTML Standard, 4.10.22.3)"),
        _ => return,
    };
    let message = Message::new(format_args!("a form that is sent by GET cannot hold {what}"));
    errors.at(&field.ty, message.help("leave `method = get` out: the form is then sent by POST").note(note));
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
    } else if spelled(&twin.ty) != spelled(&field.ty) {
        let (mine, its) = (spelled(&field.ty), spelled(&twin.ty));
        let message = Message::new(format_args!("`{}` is `{mine}`, but `{}` is `{its}`", field.ident, twin.ident));
        errors.at(other, message.help(format_args!("give both one type: `{}: {its}`", field.ident)));
    }
}

fn multiline(field: &Field, errors: &mut Errors) {
    let ty = value_type(&field.ty);
    if let (Some(span), "Secret" | "EmailAddress") = (field.multiline, ty.as_str()) {
        let message = Message::new(format_args!("{} is asked for in one line", article(&ty)));
        errors.span(span, message.help("remove `multiline`"));
    }
    if let (Some(span), Some(_)) = (field.multiline, field.widget()) {
        errors.span(
            span,
            Message::new("`multiline` makes a text area, which cannot be another control too")
                .help("remove one of the two keys"),
        );
    }
}

/// Types that are parsed by the rule that stands above them.
const OWN_RULES: [(&str, &str, &str); 2] = [("EmailAddress", "email", "an address"), ("Uuid", "uuid", "a UUID")];

fn type_is_the_rule(field: &Field, errors: &mut Errors) {
    let Type::Path(path) = &field.ty else { return };
    let Some(name) = path.path.segments.last() else { return };
    for (ty, key, what) in OWN_RULES.into_iter().filter(|(ty, ..)| name.ident == ty) {
        if let Some(rule) = field.rules.iter().find(|rule| rule.key == key) {
            let message = Message::new(format_args!("`{ty}` is {what} already"));
            errors.at(&rule.key, message.help(format_args!("remove `{key}`, or write the type as `String`")));
        }
    }
}

fn rule(rule: &mut Rule, errors: &mut Errors) {
    match &mut rule.constraint {
        Constraint::Length { bounds, unit } => {
            ordered("length", bounds, errors);
            whole_and_positive(bounds, errors);
            if let Some(unit) = unit
                && !UNITS.contains(&unit.to_string().as_str())
            {
                unknown_word("unit", "length(3..=32, unit = chars)", unit, &UNITS, errors);
            }
        }
        Constraint::Range(bounds) => ordered("range", bounds, errors),
        Constraint::Email(Some(level)) if !LEVELS.contains(&level.to_string().as_str()) => {
            unknown_word("level", "email(strict)", level, &LEVELS, errors);
        }
        Constraint::Pattern(pattern) => compile(pattern, errors),
        Constraint::Kind(Some(version)) => self::version(&rule.key, version, errors),
        Constraint::Email(_)
        | Constraint::Kind(None)
        | Constraint::OneOf(_)
        | Constraint::NoneOf(_)
        | Constraint::Step(_) => {}
    }
}

/// The versions of a kind of text that has some (RFC 9562, 4.2, for UUIDs).
fn version(key: &Ident, version: &Ident, errors: &mut Errors) {
    let known: &[&str] = match key.to_string().as_str() {
        "ip" => &["v4", "v6"],
        "url" => &["public"],
        "uuid" => &["v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8"],
        _ => &[],
    };
    match known {
        [] => errors
            .at(version, Message::new(format_args!("`{key}` has no versions")).help(format_args!("write `{key}`"))),
        known if known.contains(&version.to_string().as_str()) => {}
        ["public"] => unknown_word("kind", "url(public)", version, known, errors),
        known => unknown_word("version", &format!("{key}(v4)"), version, known, errors),
    }
}

const UNITS: [&str; 4] = ["utf16", "chars", "bytes", "graphemes"];
const LEVELS: [&str; 3] = ["html", "strict", "rfc"];

fn unknown_word(what: &str, example: &str, word: &Ident, known: &[&str], errors: &mut Errors) {
    let near = nearest(&word.to_string(), known.iter().copied());
    let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
    let help = format!("{near}write `{example}`; the {what}s are {}", list(known.iter().copied()));
    errors.at(word, Message::new(format_args!("unknown {what} `{word}`")).help(help));
}

fn ordered(key: &str, bounds: &Bounds, errors: &mut Errors) {
    if let (Some(min), Some(max)) = (&bounds.min, &bounds.max)
        && min.as_f64() > max.as_f64()
    {
        let (low, high) = (min.spelled(), max.spelled());
        let message = Message::new(format_args!("`{key}({low}..={high})`: {low} is above {high}"));
        errors.at(&bounds.tokens, message.help(format_args!("write `{key}({high}..={low})`")));
    }
}

fn whole_and_positive(bounds: &Bounds, errors: &mut Errors) {
    for limit in [&bounds.min, &bounds.max].into_iter().flatten() {
        if !matches!(limit.value, LimitValue::Integer(0..)) {
            let message = Message::new(format_args!("`{}` is no length", limit.spelled()));
            errors.at(&limit.expr, message.help("write a whole number that is not negative: `length(3..=32)`"));
        }
    }
}

/// For mistakes that say by themselves what they are.
const PATTERN_HELP: &str = "patterns have the syntax of the regex crate: `[a-z]+`, `\\d{4}`; escape a bracket as `\\[`";

fn compile(rule: &mut Pattern, errors: &mut Errors) {
    match super::pattern::compiled(&rule.source.value(), rule.options) {
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
