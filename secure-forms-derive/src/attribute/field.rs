//! `#[field(…)]` on one field becomes the model of that field.

use proc_macro2::Ident;
use quote::ToTokens;
use secure_forms_core::value::pixels::{self, PixelsProblem};
use secure_forms_core::value::size::{self, SizeProblem};
use syn::meta::ParseNestedMeta;
use syn::{Expr, ExprArray, ExprLit, Lit, LitBool, LitStr, Path, Token, token};

use super::fit;
use super::key::{self, Carrier, Keys};
use super::{allow, kind, rule};
use crate::diagnostic::{Errors, Message, list};
use crate::model::form::{Field, Widget, spelled};
use crate::model::holds::Holds;
use crate::model::words;

/// Keys of the form, keys that other libraries have, and what is written here.
const ELSEWHERE: [(&str, &str); 13] = [
    ("context", "it belongs on the form: `#[form(context = App)]`"),
    ("unknown", "it belongs on the form: `#[form(unknown = reject)]`"),
    ("crate", "it belongs on the form: `#[form(crate = ::forms)]`"),
    ("name", "the name on the wire is `rename = \"…\"`, the form's name is `#[form(name = \"…\")]`"),
    ("required", "remove it: a field is required unless its type is `Option<…>`"),
    ("optional", "write the type as `Option<…>`"),
    ("skip", "leave the field out of the form: a form is what is submitted"),
    ("default", "write `Blank::<…>::new().with(…)`: a default fills the first page, never a submission"),
    ("regex", "write `pattern(\"[a-z]+\")`"),
    ("min", "write `length(3..)` for text or `range(3..)` for a number"),
    ("max", "write `length(..=32)` for text or `range(..=32)` for a number"),
    ("must_match", "write `equal_to = other_field`"),
    ("custom", "write `check = function`"),
];

/// A whole attribute with `key`, ready to paste.
pub(crate) fn example(key: &str) -> String {
    let written = match key {
        "label" => "label = \"Name\"",
        "help" => "help = \"Shown below the field\"",
        "rename" => "rename = \"wire-name\"",
        "length" => "length(3..=32)",
        "pattern" => "pattern(\"[a-z]+\")",
        "range" => "range(1..=10)",
        "step" => "step(0.05)",
        "one_of" => "one_of(\"low\", \"high\")",
        "none_of" => "none_of(\"admin\")",
        "equal_to" => "equal_to = other_field",
        "check" => "check = function",
        "message" => "message = \"What a person reads\"",
        "autocomplete" => "autocomplete = \"new-password\"",
        "accept" => "accept = [\"image/png\"]",
        "max_size" => "max_size = \"2MiB\"",
        "allow" => allow::EXAMPLE,
        "max_pixels" => "max_pixels = \"12MP\"",
        flag => flag,
    };
    format!("#[field({written})]")
}

/// Reads one field; what cannot be read is in `errors`.
pub(crate) fn read(field: &syn::Field, errors: &mut Errors) -> Option<Field> {
    let ident = field.ident.clone()?;
    let plain = ident.to_string().trim_start_matches("r#").to_owned();
    let mut model = Field {
        wire_span: ident.span(),
        label: words::sentence(&ident),
        label_span: None,
        wire: plain,
        ident,
        ty: field.ty.clone(),
        help: None,
        trim: None,
        multiline: None,
        nfc: false,
        controls: Vec::new(),
        rules: Vec::new(),
        equal_to: None,
        checks: Vec::new(),
        async_checks: Vec::new(),
        message: None,
        allowed: Vec::new(),
        autocomplete: None,
        accept: Vec::new(),
        max_size: None,
        max_pixels: None,
    };
    let (name, holds) = (fit::with_article(&spelled(&field.ty)), Holds::of(&field.ty));
    let (all, fitting): (Vec<&str>, Vec<&str>) = (fit::keys().collect(), fit::fitting(holds).collect());
    let example = "#[field(label = \"Name\", length(3..=32))]";
    let carrier = Carrier { name: &name, keys: &all, fitting: &fitting, example };
    Keys::of(carrier, &ELSEWHERE).read(&field.attrs, "field", errors, |key_name, key, meta, errors| {
        if fitting.contains(&key_name) {
            read_key(&mut model, key_name, key, meta, errors)
        } else {
            Err(syn::Error::new(key.span(), fit::misfit(key_name, &name, holds, &fitting)))
        }
    });
    Some(model)
}

fn read_key(
    field: &mut Field,
    name: &str,
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    match name {
        "label" => {
            let label = key::text(meta, "label = \"Name\"")?;
            field.label_span = Some(label.span());
            field.label = label.value();
        }
        "help" => field.help = Some(key::text(meta, "help = \"Shown below the field\"")?),
        "rename" => {
            let wire = key::text(meta, "rename = \"wire-name\"")?;
            field.wire_span = wire.span();
            field.wire = wire.value();
        }
        "message" => field.message = Some(key::text(meta, "message = \"What a person reads\"")?),
        "autocomplete" => field.autocomplete = Some(key::text(meta, "autocomplete = \"new-password\"")?),
        "trim" => field.trim = Some(flag(meta)?),
        "multiline" => field.multiline = flag(meta)?.then(|| key.span()),
        "nfc" => field.nfc = flag(meta)?,
        "hidden" => control(field, Widget::Hidden, key, meta)?,
        "search" => control(field, Widget::Search, key, meta)?,
        "tel" => control(field, Widget::Tel, key, meta)?,
        "url" => {
            // A link that may be `javascript:` is no link: the control and the rule are one key.
            field.controls.push((Widget::Url, key.clone()));
            kind::kind(field, key, meta, errors)?;
        }
        "allow" => allow::allow(field, meta, errors)?,
        "length" => rule::length(field, key, meta, errors)?,
        "pattern" => rule::pattern(field, key, meta, errors)?,
        "email" => rule::email(field, key, meta, errors)?,
        "uuid" | "ip" | "mac" | "hostname" | "slug" | "color" | "date" | "time" => {
            kind::kind(field, key, meta, errors)?;
        }
        "one_of" | "none_of" => kind::listed(field, key, meta, errors)?,
        "range" => rule::range(field, key, meta, errors)?,
        "step" => kind::step(field, key, meta, errors)?,
        "equal_to" => field.equal_to = Some(key::value(meta, "the name of a field", "equal_to = other_field")?),
        "check" => check(field, meta)?,
        "accept" => field.accept = accept(meta)?,
        "max_pixels" => max_pixels(field, meta, errors)?,
        _ => max_size(field, meta, errors)?,
    }
    Ok(())
}

fn control(field: &mut Field, control: Widget, key: &Ident, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if flag(meta)? {
        field.controls.push((control, key.clone()));
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
    let path: Path = key::value(meta, "the path of a function", "check = function")?;
    if waits {
        field.async_checks.push(path)
    } else {
        field.checks.push(path)
    }
    Ok(())
}

fn max_size(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let text = key::text(meta, "max_size = \"2MiB\"")?;
    match size::parse(&text.value()) {
        Ok(0) => {
            let message = Message::new(format_args!("`{}` leaves no file to take", text.value()));
            errors.at(&text, message.help("write the most bytes of a file: `max_size = \"2MiB\"`"));
        }
        Ok(bytes) => field.max_size = Some((bytes, text.span())),
        Err(problem) => {
            let what = match problem {
                SizeProblem::NoNumber => "does not begin with a number",
                SizeProblem::UnknownUnit => "has an unknown unit",
                SizeProblem::TooLarge => "does not fit into 64 bits",
            };
            let help = format!("write `max_size = \"2MiB\"`; units are {}", list(size::UNITS.iter().copied()));
            errors.at(&text, Message::new(format_args!("the size `{}` {what}", text.value())).help(help));
        }
    }
    Ok(())
}

fn max_pixels(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let text = key::text(meta, "max_pixels = \"12MP\"")?;
    let written = text.value();
    let message = match pixels::parse(&written) {
        Ok(count) => {
            field.max_pixels = Some(count);
            return Ok(());
        }
        Err(PixelsProblem::NoNumber) => Message::new(format_args!("`{written}` is no number of pixels")),
        Err(PixelsProblem::Zero) => Message::new(format_args!("`{written}` leaves no picture to take")),
        Err(PixelsProblem::TooLarge) => Message::new(format_args!("`{written}` does not fit into 64 bits")),
    };
    errors
        .at(&text, message.help("write `max_pixels = \"12MP\"`, or width times height: `max_pixels = \"4000x3000\"`"));
    Ok(())
}

/// `key` alone, or `key = true` / `key = false`.
fn flag(meta: &ParseNestedMeta<'_>) -> syn::Result<bool> {
    let key = meta.path.to_token_stream();
    let example = format!("{key}` or `{key} = false");
    if meta.input.peek(Token![=]) {
        Ok(key::value::<LitBool>(meta, "`true` or `false`", &example)?.value)
    } else {
        Ok(true)
    }
}

fn accept(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let array: ExprArray = key::value(meta, "a list of texts", "accept = [\"image/png\", \"image/jpeg\"]")?;
    let text = |element| match element {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(syn::Error::new_spanned(
            other,
            "expected text in quotes\nhelp: write `accept = [\"image/png\", \"image/jpeg\"]`",
        )),
    };
    if array.elems.is_empty() {
        let message =
            "`accept` without types takes no file\nhelp: write `accept = [\"image/png\"]`, or remove it to take all";
        return Err(syn::Error::new_spanned(array, message));
    }
    array.elems.into_iter().map(text).collect()
}
