//! `#[form(…)]` on a struct, and the struct's fields, become a form as it is written.

use proc_macro2::Span;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Fields, Ident, Token};

use super::field;
use super::key::{self, Carrier, Keys};
use super::key_table::{FieldKey, FormKey, Key};
use crate::diagnostic::{Errors, Message};
use crate::model::form::Method;
use crate::model::form::written::Form;
use crate::model::root::Root;
use crate::model::words;

/// What is written instead of a key of a field or of another library.
fn elsewhere(name: &str) -> Option<String> {
    Some(match name {
        "rename" => "it belongs on a field: `#[field(rename = \"…\")]`; `name = \"…\"` names the form".to_owned(),
        "rename_all" => "write `#[field(rename = \"…\")]` on each field".to_owned(),
        "async" => "write `#[field(check(async) = function)]` on a field".to_owned(),
        name => format!("it belongs on a field: `#[field({})]`", FieldKey::named(name)?.row().example),
    })
}

/// Reads the item; what cannot be read is in `errors`, and then the form lacks it.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Form {
    let mut form = Form {
        root: Root::default(),
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        lifetime: lifetime(input, errors),
        name: words::kebab(&input.ident),
        name_span: None,
        names: names(input),
        method: Method::Post,
        context: None,
        checks: Vec::new(),
        rejects_unknown: false,
        fields: Vec::new(),
    };
    let carrier = Carrier {
        name: "a form",
        fitting: FormKey::ALL,
        example: "#[form(context = App, check = function)]",
        elsewhere,
    };
    Keys::of(carrier).read(&input.attrs, "form", errors, |key, _, meta, errors| {
        match key {
            FormKey::Name => {
                let name = key::text(key, meta)?;
                form.name_span = Some(name.span());
                form.name = name.value();
            }
            FormKey::Method => method(&mut form, &key::value(key, meta)?, errors),
            FormKey::Context => form.context = Some(key::value(key, meta)?),
            FormKey::Check => form.checks.push(key::value(key, meta)?),
            FormKey::Unknown => unknown(&mut form, &key::value(key, meta)?, errors),
            FormKey::Crate => form.root = key::root(key, meta, errors)?,
        }
        Ok(())
    });
    let named = named_fields(input, errors);
    form.fields = named.into_iter().flatten().filter_map(|field| field::read(field, errors)).collect();
    form
}

fn method(form: &mut Form, choice: &Ident, errors: &mut Errors) {
    match choice.to_string().as_str() {
        "get" => form.method = Method::Get,
        "post" => form.method = Method::Post,
        other => errors.at(
            choice,
            Message::new(format_args!("`method = {other}` is no way to send a form"))
                .help("write `method = get` for a form that only reads, such as a search; others are sent by POST"),
        ),
    }
}

fn unknown(form: &mut Form, choice: &Ident, errors: &mut Errors) {
    match choice.to_string().as_str() {
        "reject" => form.rejects_unknown = true,
        "ignore" => form.rejects_unknown = false,
        other => errors.at(
            choice,
            Message::new(format_args!("`unknown = {other}` is no choice"))
                .help("write `unknown = ignore` or `unknown = reject`"),
        ),
    }
}

fn named_fields<'i>(input: &'i DeriveInput, errors: &mut Errors) -> Option<&'i Punctuated<syn::Field, Token![,]>> {
    let help = "a form is a struct with named fields: `struct Login { username: String }`";
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => return Some(&named.named),
            _ => errors.at(&input.ident, Message::new("a form needs named fields").help(help)),
        },
        Data::Enum(_) => errors.at(
            &input.ident,
            Message::new("an enum is not a form").help("`#[derive(Choice)]` makes an enum the type of a field"),
        ),
        Data::Union(_) => errors.at(&input.ident, Message::new("a union is not a form").help(help)),
    }
    None
}

/// A form borrows from one submission, so it has at most one lifetime; its values are of known types.
fn lifetime(input: &DeriveInput, errors: &mut Errors) -> Option<syn::Lifetime> {
    let mut lifetimes = input.generics.lifetimes().map(|parameter| parameter.lifetime.clone());
    let first = lifetimes.next();
    for extra in lifetimes {
        errors.at(
            extra,
            Message::new("a form has one lifetime: that of the submission it borrows from")
                .help("use the first lifetime for every borrowed field"),
        );
    }
    for parameter in input.generics.type_params() {
        errors.at(
            &parameter.ident,
            Message::new("a form has no type parameters")
                .help("write the field's type out: which rules fit depends on it"),
        );
    }
    for parameter in input.generics.const_params() {
        errors.at(&parameter.ident, Message::new("a form has no const parameters").help("write the value out"));
    }
    first
}

/// The name of the struct of the field names: one that the item does not use, since it stands where the item's types are named.
fn names(input: &DeriveInput) -> Ident {
    let written = input.to_token_stream().to_string();
    let mut name = format!("FieldsOf{}", input.ident.to_string().trim_start_matches("r#"));
    while written.contains(&name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}
