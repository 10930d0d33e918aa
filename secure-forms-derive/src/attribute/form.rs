//! `#[form(…)]` on a struct, and the struct's fields, become the model of a form.

use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path, Type};

use super::field;
use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::form::Form;
use crate::model::root::Root;

const KEYS: [&str; 5] = ["name", "context", "check", "unknown", "crate"];

/// Reads the item; what cannot be read is in `errors`.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Option<Form> {
    let mut form = Form {
        root: Root::default(),
        ident: input.ident.clone(),
        lifetime: lifetime(input, errors),
        name: kebab(&input.ident.to_string()),
        context: None,
        checks: Vec::new(),
        rejects_unknown: false,
        fields: Vec::new(),
    };
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("form")) {
        // The closure reports and goes on, so that one wrong key does not hide the next.
        let read = attribute.parse_nested_meta(|meta| {
            let Some(key) = meta.path.get_ident().cloned() else {
                return Err(meta.error("expected a key"));
            };
            form_key(&mut form, &key, &meta, errors)
        });
        errors.keep(read);
    }
    let named = named_fields(input, errors)?;
    form.fields = named.named.iter().filter_map(|field| field::read(field, errors)).collect();
    Some(form)
}

fn form_key(
    form: &mut Form,
    key: &Ident,
    meta: &syn::meta::ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    match key.to_string().as_str() {
        "name" => form.name = meta.value()?.parse::<LitStr>()?.value(),
        "context" => form.context = Some(meta.value()?.parse::<Type>()?),
        "check" => form.checks.push(meta.value()?.parse::<Path>()?),
        "crate" => crate_path(form, meta.value()?.parse::<Path>()?, errors),
        "unknown" => unknown(form, &meta.value()?.parse::<Ident>()?, errors),
        other => {
            let help = match nearest(other, KEYS) {
                Some(near) => format!("did you mean `{near}`? a form takes {}", list(KEYS)),
                None if field::KEYS.contains(&other) => format!("`{other}` belongs to a field: `#[field({other} …)]`"),
                None => format!("a form takes {}", list(KEYS)),
            };
            errors.at(key, Message::new(format_args!("unknown key `{other}` on a form")).help(help));
            field::skip_value(meta)?;
        }
    }
    Ok(())
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

fn crate_path(form: &mut Form, path: Path, errors: &mut Errors) {
    if path.leading_colon.is_none() && path.segments.first().is_none_or(|first| first.ident != "crate") {
        errors.at(
            &path,
            Message::new("the crate's path is relative, so it would change its meaning from module to module")
                .help(format_args!("write `crate = ::{}`", quote::ToTokens::to_token_stream(&path))),
        );
    }
    form.root = Root::at(path);
}

fn named_fields<'i>(input: &'i DeriveInput, errors: &mut Errors) -> Option<&'i syn::FieldsNamed> {
    let help = "a form is a struct with named fields: `struct Login { username: String }`";
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(named) => return Some(named),
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

/// `SignUp` becomes `sign-up`.
fn kebab(ident: &str) -> String {
    let mut name = String::new();
    for (at, c) in ident.trim_start_matches("r#").char_indices() {
        if c.is_uppercase() && at > 0 {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}
