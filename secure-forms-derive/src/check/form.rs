//! A form as it is written becomes one without a mistake: words are resolved, names compared, limits weighed. All mistakes are reported at
//! once; with one, a stub leaves.

use secure_forms_core::nearest::nearest;
use secure_forms_core::{media, protocol};
use syn::Type;

use super::resolve::Resolved;
use super::{autocomplete, files, hidden, limits, readable, resolve, sentences, texts, types};
use crate::diagnostic::{Errors, Message, article, list};
use crate::model::form::checked::{self, Head, Named, Stub};
use crate::model::form::written::{Constraint, Exception, Field, Form};
use crate::model::form::{Format, Method, spelled};
use crate::model::holds::value_type;

/// Names that belong to the form's protection.
const RESERVED: [&str; 2] = [protocol::CSRF_FIELD, protocol::RETURN_TO_FIELD];

fn is_reserved(field: &Field) -> bool {
    RESERVED.contains(&field.wire.as_str())
}

/// The form, if neither reading it nor this finds a mistake.
pub(crate) fn check(form: Form, errors: &mut Errors) -> Result<checked::Form, Box<Stub>> {
    form_name(&form, errors);
    let mut meanings = Vec::new();
    for (at, field) in form.fields.iter().enumerate() {
        let rules = resolve::rules(field, errors);
        self::field(field, &rules, errors);
        name(field, &form.fields[..at], errors);
        multiline(field, errors);
        if form.method == Method::Get {
            in_query(field, errors);
        }
        let rules = rules.into_iter().map(rule).collect();
        meanings.push(Meaning { rules, equal_to: equal_to(field, &form.fields, errors) });
    }
    let head = Head {
        root: form.root,
        ident: form.ident,
        lifetime: form.lifetime,
        names: form.names,
        method: form.method,
        context: form.context,
    };
    if !errors.is_empty() {
        let fields = form.fields.into_iter().map(named).collect();
        return Err(Box::new(Stub { head, generics: form.generics, fields }));
    }
    let fields = form.fields.into_iter().zip(meanings).map(|(field, meaning)| checked_field(field, meaning)).collect();
    Ok(checked::Form { head, name: form.name, checks: form.checks, rejects_unknown: form.rejects_unknown, fields })
}

/// What is known of a field besides what is written.
struct Meaning {
    rules: Vec<checked::Rule>,
    equal_to: Option<usize>,
}

fn rule(resolved: Resolved<'_>) -> checked::Rule {
    checked::Rule { constraint: resolved.constraint, message: resolved.written.message.clone() }
}

fn named(field: Field) -> Named {
    Named { ident: field.ident, ty: field.ty, wire: field.wire, label: field.label }
}

fn checked_field(field: Field, meaning: Meaning) -> checked::Field {
    let canonical = |entry: String| media::canonical_accept(&entry).map(str::to_owned).unwrap_or(entry);
    checked::Field {
        multiline: field.multiline.is_some(),
        allows_invisible: field.allows(Exception::Invisible),
        widget: field.widget(),
        named: Named { ident: field.ident, ty: field.ty, wire: field.wire, label: field.label },
        help: field.help,
        trim: field.trim,
        nfc: field.nfc,
        rules: meaning.rules,
        equal_to: meaning.equal_to,
        checks: field.checks,
        async_checks: field.async_checks,
        message: field.message,
        autocomplete: field.autocomplete,
        accept: field.accept.iter().map(|entry| canonical(entry.value())).collect(),
        max_size: field.max_size.map(|(bytes, _)| bytes),
        max_pixels: field.max_pixels,
    }
}

/// What concerns one field alone.
fn field(field: &Field, rules: &[Resolved<'_>], errors: &mut Errors) {
    type_is_the_rule(field, errors);
    files::files(field, errors);
    // What belongs to the form's protection is reported for that.
    if !is_reserved(field) {
        readable::field(field, errors);
    }
    types::field(field, errors);
    hidden::field(field, errors);
    sentences::field(field, errors);
    autocomplete::field(field, errors);
    limits::field(field, rules, errors);
    texts::field(field, rules, errors);
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

/// The place of the field that this one repeats.
fn equal_to(field: &Field, all: &[Field], errors: &mut Errors) -> Option<usize> {
    let other = field.equal_to.as_ref()?;
    let Some(at) = all.iter().position(|twin| twin.ident == *other) else {
        let names: Vec<String> = all.iter().map(|twin| twin.ident.to_string()).collect();
        let word = other.to_string();
        let message = Message::new(format_args!("the form has no field `{other}`"));
        let help = match nearest(&word, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its fields are {}", list(names.iter().map(String::as_str))),
        };
        errors.at(other, message.help(help));
        return None;
    };
    let twin = &all[at];
    if twin.ident == field.ident {
        errors.at(other, Message::new("a field is always equal to itself").help("name the field that it repeats"));
    } else if spelled(&twin.ty) != spelled(&field.ty) {
        let (mine, its) = (spelled(&field.ty), spelled(&twin.ty));
        let message = Message::new(format_args!("`{}` is `{mine}`, but `{}` is `{its}`", field.ident, twin.ident));
        errors.at(other, message.help(format_args!("give both one type: `{}: {its}`", field.ident)));
    }
    Some(at)
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
fn type_is_the_rule(field: &Field, errors: &mut Errors) {
    let Type::Path(path) = &field.ty else { return };
    let Some(name) = path.path.segments.last() else { return };
    let (ty, what, is_same): (_, _, fn(&Constraint) -> bool) = if name.ident == "EmailAddress" {
        ("EmailAddress", "an address", |constraint| matches!(constraint, Constraint::Email(_)))
    } else if name.ident == "Uuid" {
        ("Uuid", "a UUID", |constraint| matches!(constraint, Constraint::Format(Format::Uuid, _)))
    } else {
        return;
    };
    if let Some(rule) = field.rules.iter().find(|rule| is_same(&rule.constraint)) {
        let message = Message::new(format_args!("`{ty}` is {what} already"));
        errors.at(&rule.key, message.help(format_args!("remove `{}`, or write the type as `String`", rule.key)));
    }
}
