//! `#[field(…)]` on one field becomes that field as it is written.

use proc_macro2::Ident;
use quote::ToTokens;
use secure_forms_core::value::pixels::{self, PixelsProblem};
use secure_forms_core::value::size::{self, SizeProblem};
use syn::meta::ParseNestedMeta;
use syn::{Expr, ExprArray, ExprLit, Lit, LitBool, LitStr, Path, Token, token};

use super::fit;
use super::key::{self, Carrier, Keys};
use super::key_table::{FieldKey, FormKey, Key, Value};
use super::{allow, kind, rule};
use crate::diagnostic::{Errors, Message, list};
use crate::model::form::written::{Constraint, Field};
use crate::model::form::{Format, Widget, spelled};
use crate::model::holds::Holds;
use crate::model::words;

/// What is written instead of a key of the form or of another library.
fn elsewhere(name: &str) -> Option<String> {
    let instead = match name {
        "name" => "the name on the wire is `rename = \"…\"`, the form's name is `#[form(name = \"…\")]`",
        "required" => "remove it: a field is required unless its type is `Option<…>`",
        "optional" => "write the type as `Option<…>`",
        "skip" => "leave the field out of the form: a form is what is submitted",
        "default" => "write `Blank::<…>::new().with(…)`: a default fills the first page, never a submission",
        "regex" => "write `pattern(\"[a-z]+\")`",
        "min" => "write `length(3..)` for text or `range(3..)` for a number",
        "max" => "write `length(..=32)` for text or `range(..=32)` for a number",
        "must_match" => "write `equal_to = other_field`",
        "custom" => "write `check = function`",
        name => {
            let example = FormKey::named(name)?.row().example;
            return Some(format!("it belongs on the form: `#[form({example})]`"));
        }
    };
    Some(instead.to_owned())
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
    let fitting: Vec<FieldKey> = FieldKey::ALL.iter().copied().filter(|key| key.row().fits.takes(holds)).collect();
    let example = "#[field(label = \"Name\", length(3..=32))]";
    let carrier = Carrier { name: &name, fitting: &fitting, example, elsewhere };
    Keys::of(carrier).read(&field.attrs, "field", errors, |key, word, meta, errors| {
        if fitting.contains(&key) {
            read_key(&mut model, key, word, meta, errors)
        } else {
            Err(syn::Error::new(word.span(), fit::misfit(key, &name, holds, &fitting)))
        }
    });
    Some(model)
}

/// `word` is the key as it is written.
fn read_key(
    field: &mut Field,
    key: FieldKey,
    word: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    match key {
        FieldKey::Label => {
            let label = key::text(key, meta)?;
            field.label_span = Some(label.span());
            field.label = label.value();
        }
        FieldKey::Help => field.help = Some(key::text(key, meta)?),
        FieldKey::Rename => {
            let wire = key::text(key, meta)?;
            field.wire_span = wire.span();
            field.wire = wire.value();
        }
        FieldKey::Message => field.message = Some(key::text(key, meta)?),
        FieldKey::Autocomplete => field.autocomplete = Some(key::text(key, meta)?),
        FieldKey::Trim => field.trim = Some(flag(meta)?),
        FieldKey::Multiline => field.multiline = flag(meta)?.then(|| word.span()),
        FieldKey::Nfc => field.nfc = flag(meta)?,
        FieldKey::Hidden => control(field, Widget::Hidden, word, meta)?,
        FieldKey::Search => control(field, Widget::Search, word, meta)?,
        FieldKey::Tel => control(field, Widget::Tel, word, meta)?,
        FieldKey::Format(format) => {
            if format == Format::Url {
                // A link that may be `javascript:` is no link: the control and the rule are one key.
                field.controls.push((Widget::Url, word.clone()));
            }
            field.rules.push(kind::format(format, word, meta, errors)?);
        }
        FieldKey::Allow => allow::allow(field, meta, errors)?,
        FieldKey::Length => field.rules.extend(rule::length(word, meta, errors)?),
        FieldKey::Pattern => field.rules.push(rule::pattern(word, meta, errors)?),
        FieldKey::Email => field.rules.push(rule::email(word, meta, errors)?),
        FieldKey::OneOf => field.rules.push(kind::listed(word, meta, Constraint::OneOf, errors)?),
        FieldKey::NoneOf => field.rules.push(kind::listed(word, meta, Constraint::NoneOf, errors)?),
        FieldKey::Range => field.rules.extend(rule::range(word, meta, errors)?),
        FieldKey::Step => field.rules.push(kind::step(word, meta, errors)?),
        FieldKey::EqualTo => field.equal_to = Some(key::value(key, meta)?),
        FieldKey::Check => check(field, meta)?,
        FieldKey::Accept => field.accept = accept(meta)?,
        FieldKey::MaxPixels => max_pixels(field, meta, errors)?,
        FieldKey::MaxSize => max_size(field, meta, errors)?,
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
    let path: Path = key::value(FieldKey::Check, meta)?;
    if waits {
        field.async_checks.push(path)
    } else {
        field.checks.push(path)
    }
    Ok(())
}

fn max_size(field: &mut Field, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let text = key::text(FieldKey::MaxSize, meta)?;
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
    let text = key::text(FieldKey::MaxPixels, meta)?;
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
        Ok(key::value_like::<LitBool>(meta, Value::Flag, &example)?.value)
    } else {
        Ok(true)
    }
}

fn accept(meta: &ParseNestedMeta<'_>) -> syn::Result<Vec<LitStr>> {
    let array: ExprArray = key::value(FieldKey::Accept, meta)?;
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
