//! `#[field(…)]` on one field becomes the model of that field.

use proc_macro2::Ident;
use quote::ToTokens;
use secure_forms_core::value::size::{self, SizeProblem};
use syn::meta::ParseNestedMeta;
use syn::{Expr, LitBool, LitStr, Path, Token, Type, token};

use super::{kind, rule};
use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::form::{Field, Widget};

/// All keys, in the order in which the docs tell them.
pub(crate) const KEYS: [&str; 30] = [
    "label",
    "help",
    "rename",
    "trim",
    "multiline",
    "hidden",
    "search",
    "tel",
    "url",
    "length",
    "pattern",
    "email",
    "uuid",
    "ip",
    "mac",
    "hostname",
    "slug",
    "color",
    "date",
    "time",
    "one_of",
    "none_of",
    "range",
    "step",
    "equal_to",
    "check",
    "message",
    "autocomplete",
    "accept",
    "max_size",
];

/// Keys that other libraries have, and what they are called here.
const ELSEWHERE: [(&str, &str); 7] = [
    ("required", "a field is required unless its type is `Option<…>`"),
    ("optional", "write the type as `Option<…>`"),
    ("regex", "the key is `pattern`"),
    ("min", "write `length(3..)` for text or `range(3..)` for a number"),
    ("max", "write `length(..=32)` for text or `range(..=32)` for a number"),
    ("must_match", "the key is `equal_to = other_field`"),
    ("custom", "the key is `check = function`"),
];

/// Reads one field; what cannot be read is in `errors`.
pub(crate) fn read(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let plain = ident.to_string().trim_start_matches("r#").to_owned();
    let mut model = Field {
        wire_span: ident.span(),
        label: humanize(&plain),
        wire: plain,
        ident,
        ty: field.ty.clone(),
        help: None,
        trim: None,
        multiline: None,
        widget: None,
        rules: Vec::new(),
        equal_to: None,
        checks: Vec::new(),
        async_checks: Vec::new(),
        message: None,
        autocomplete: None,
        accept: Vec::new(),
        max_size: None,
    };
    let mut seen: Vec<Ident> = Vec::new();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("field")) {
        let read = attribute.parse_nested_meta(|meta| {
            let Some(key) = meta.path.get_ident().cloned() else {
                return Err(meta.error("expected a key"));
            };
            duplicate(&seen, &key, errors);
            seen.push(key.clone());
            read_key(&mut model, &key, &meta, errors)
        });
        errors.keep(read);
    }
    Some(model)
}

fn duplicate(seen: &[Ident], key: &Ident, errors: &mut Errors) {
    // A field may have several checks and several patterns.
    let repeatable = key == "check" || key == "pattern";
    if let Some(first) = seen.iter().find(|first| *first == key)
        && !repeatable
    {
        let message = Message::new(format_args!("`{key}` is given twice")).help("keep one of both");
        errors.at(first, message);
        errors.at(key, Message::new(format_args!("`{key}` is given twice")).help("keep one of both"));
    }
}

fn read_key(field: &mut Field, key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    match key.to_string().as_str() {
        "label" => field.label = string(meta, "label = \"Name\"")?.value(),
        "help" => field.help = Some(string(meta, "help = \"Shown below the field\"")?),
        "rename" => {
            let wire = string(meta, "rename = \"wire-name\"")?;
            field.wire_span = wire.span();
            field.wire = wire.value();
        }
        "message" => field.message = Some(string(meta, "message = \"What a person reads\"")?),
        "autocomplete" => field.autocomplete = Some(string(meta, "autocomplete = \"new-password\"")?),
        "trim" => field.trim = Some(flag(meta)?),
        "multiline" => field.multiline = flag(meta)?.then(|| key.span()),
        "hidden" => field.widget = flag(meta)?.then_some(Widget::Hidden),
        "search" => field.widget = flag(meta)?.then_some(Widget::Search),
        "tel" => field.widget = flag(meta)?.then_some(Widget::Tel),
        "url" => {
            // A link that may be `javascript:` is no link: the control and the rule are one key.
            field.widget = Some(Widget::Url);
            kind::kind(field, key, meta, errors)?;
        }
        "length" => rule::length(field, key, meta, errors)?,
        "pattern" => rule::pattern(field, key, meta, errors)?,
        "email" => rule::email(field, key, meta, errors)?,
        "uuid" | "ip" | "mac" | "hostname" | "slug" | "color" | "date" | "time" => {
            kind::kind(field, key, meta, errors)?;
        }
        "one_of" | "none_of" => kind::listed(field, key, meta, errors)?,
        "range" => rule::range(field, key, meta, errors)?,
        "step" => kind::step(field, key, meta, errors)?,
        "equal_to" => field.equal_to = Some(meta.value()?.parse()?),
        "check" => check(field, meta)?,
        "accept" => field.accept = strings(meta)?,
        "max_size" => max_size(field, meta, errors)?,
        other => unknown(other, key, &field.ty, meta, errors)?,
    }
    Ok(())
}

fn unknown(name: &str, key: &Ident, ty: &Type, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let help = match (ELSEWHERE.iter().find(|(other, _)| *other == name), nearest(name, KEYS)) {
        (Some((_, mend)), _) => (*mend).to_owned(),
        (None, Some(near)) => format!("did you mean `{near}`? a field takes {}", list(KEYS)),
        (None, None) => format!("a field takes {}", list(KEYS)),
    };
    let ty = ty.to_token_stream();
    errors.at(key, Message::new(format_args!("unknown key `{name}` on a `{ty}` field")).help(help));
    skip_value(meta)
}

/// Skips `= value` or `(…)` of a key that is wrong anyway, so that the keys behind it are read too.
pub(crate) fn skip_value(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    }
    Ok(())
}

fn check(field: &mut Field, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    let waits = if meta.input.peek(token::Paren) {
        let content;
        syn::parenthesized!(content in meta.input);
        content.parse::<Token![async]>().map_err(|error| {
            syn::Error::new(
                error.span(),
                "expected `async`\nhelp: write `check = function` or `check(async) = function`",
            )
        })?;
        true
    } else {
        false
    };
    let path: Path = meta.value()?.parse().map_err(|error: syn::Error| {
        syn::Error::new(error.span(), "expected the path of a function\nhelp: write `check = function`")
    })?;
    if waits {
        field.async_checks.push(path)
    } else {
        field.checks.push(path)
    }
    Ok(())
}

fn max_size(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let text = string(meta, "max_size = \"2MiB\"")?;
    match size::parse(&text.value()) {
        Ok(bytes) => field.max_size = Some((bytes, text.span())),
        Err(problem) => {
            let what = match problem {
                SizeProblem::NoNumber => "a size begins with a number",
                SizeProblem::UnknownUnit => "unknown unit of size",
                SizeProblem::TooLarge => "a size fits into 64 bits",
            };
            let help = format!("write `max_size = \"2MiB\"`; units are {}", list(size::UNITS.iter().copied()));
            errors.at(&text, Message::new(what).help(help));
        }
    }
    Ok(())
}

/// `key` alone, or `key = true` / `key = false`.
fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
    if meta.input.peek(Token![=]) { Ok(meta.value()?.parse::<LitBool>()?.value) } else { Ok(true) }
}

fn string(meta: &ParseNestedMeta<'_>, example: &str) -> syn::Result<LitStr> {
    let value = meta.value()?;
    value.parse().map_err(|error: syn::Error| {
        syn::Error::new(error.span(), format!("expected text in quotes\nhelp: write `{example}`"))
    })
}

fn strings(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let content;
    let value = meta.value()?;
    syn::bracketed!(content in value);
    Ok(content.parse_terminated(<LitStr as syn::parse::Parse>::parse, Token![,])?.into_iter().collect())
}

/// `display_name` becomes `Display name`.
fn humanize(ident: &str) -> String {
    let words = ident.replace('_', " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
