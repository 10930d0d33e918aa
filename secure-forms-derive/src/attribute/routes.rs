//! `#[derive(Routes)]`: reads `#[routes(…)]` on the enum and one `#[get("…")]` (or another method) on each variant.

use quote::ToTokens;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, LitStr, Meta, Token};

use super::key::{self, Carrier, Keys};
use super::key_table::{Key, RoutesKey};
use crate::diagnostic::{Errors, Message};
use crate::model::routes::{CsrfExempt, Field, Method, Options, Written, WrittenRoute, WrittenVariant};

/// None where the item is not an enum.
pub(crate) fn read(input: DeriveInput, errors: &mut Errors) -> Option<Written> {
    let options = options(&input.attrs, errors);
    let has_generics = !input.generics.params.is_empty();
    if has_generics {
        let message = Message::new(format!("`{}` has generics, which routes cannot have", input.ident))
            .help("write the types of the fields out: `User { id: u64 }`");
        errors.at(&input.generics.params, message);
    }
    let Data::Enum(data) = input.data else {
        let message = Message::new(format!("`{}` is not an enum", input.ident))
            .help("put `#[derive(Routes)]` on an enum, and a route such as `#[get(\"/\")]` on each variant");
        errors.at(&input.ident, message);
        return None;
    };
    if data.variants.is_empty() {
        let message =
            Message::new(format!("`{}` has no routes", input.ident)).help("add a variant: `#[get(\"/\")] Home`");
        errors.at(&input.ident, message);
    }
    let variants = data.variants.into_iter().map(variant).collect();
    Some(Written { visibility: input.vis, name: input.ident, has_generics, options, variants })
}

fn options(attributes: &[Attribute], errors: &mut Errors) -> Options {
    let mut options = Options::default();
    let carrier = Carrier {
        name: "an enum of routes",
        fitting: RoutesKey::ALL,
        example: "#[routes(handlers = PageTable)]",
        elsewhere: key::nowhere,
    };
    Keys::of(carrier).read(attributes, "routes", errors, |key, _, meta, errors| {
        match key {
            RoutesKey::Crate => options.root = key::root(key, meta, errors)?,
            RoutesKey::Handlers => options.handlers = Some(key::value(key, meta)?),
        }
        Ok(())
    });
    options
}

fn variant(variant: syn::Variant) -> WrittenVariant {
    let mut errors = Errors::default();
    let mut routes = variant.attrs.iter().filter_map(|attribute| Some((method(attribute)?, attribute)));
    let route = match routes.next() {
        Some((method, attribute)) => self::route(method, attribute, &mut errors),
        None => {
            let path = format!("/{}", variant.ident.to_string().to_lowercase());
            let message = Message::new(format!("variant `{}` has no route", variant.ident))
                .help(format!("write `#[get(\"{path}\")]` above it"));
            errors.at(&variant.ident, message);
            None
        }
    };
    for (_, second) in routes {
        let message = Message::new(format!("variant `{}` has two routes", variant.ident));
        errors.at(second.path(), message.help("keep one here, and give the other a variant of its own"));
    }
    let fields = fields(&variant, &mut errors);
    WrittenVariant { name: variant.ident, fields, route, errors }
}

fn method(attribute: &Attribute) -> Option<Method> {
    Method::ALL.into_iter().find(|method| attribute.path().is_ident(method.key()))
}

fn route(method: Method, attribute: &Attribute, errors: &mut Errors) -> Option<WrittenRoute> {
    let no_literal = |span| {
        let message = Message::new(format!("`{}` takes one string literal", method.key()))
            .help(format!("write `#[{}(\"/path\")]`", method.key()));
        syn::Error::new(span, message)
    };
    let written = match &attribute.meta {
        Meta::List(list) => list.parse_args_with(|input: ParseStream<'_>| {
            let text = input.parse::<LitStr>().map_err(|_| no_literal(list.tokens.span()))?;
            let comma = input.parse::<Option<Token![,]>>()?;
            match (comma, input.is_empty()) {
                (_, true) => Ok((text, None)),
                (Some(_), false) => Ok((text, Some(csrf_exempt(input)?))),
                (None, false) => Err(no_literal(list.tokens.span())),
            }
        }),
        other => Err(no_literal(other.span())),
    };
    let (text, csrf_exempt) = errors.keep(written)?;
    Some(WrittenRoute { method, method_span: attribute.path().span(), text, csrf_exempt })
}

/// `dangerously_without_csrf = "the reason"`
fn csrf_exempt(input: ParseStream<'_>) -> syn::Result<CsrfExempt> {
    let help = "write `dangerously_without_csrf = \"why other sites may send to it\"`";
    let wrong = |tokens: &dyn ToTokens, what: String| syn::Error::new_spanned(tokens, Message::new(what).help(help));
    let key: Ident = input.parse()?;
    if key != "dangerously_without_csrf" {
        return Err(wrong(&key, format!("unknown key `{key}` on a route")));
    }
    let reason = input.parse::<Token![=]>().and_then(|_| input.parse::<LitStr>());
    let reason = reason.map_err(|_| wrong(&key, format!("`{key}` has no reason")))?;
    input.parse::<Option<Token![,]>>()?;
    if reason.value().trim().is_empty() {
        return Err(wrong(&reason, format!("the reason of `{key}` is empty")));
    }
    Ok(CsrfExempt { key, reason })
}

fn fields(variant: &syn::Variant, errors: &mut Errors) -> Option<Vec<Field>> {
    match &variant.fields {
        Fields::Named(fields) => {
            fields.named.iter().map(|field| Some(Field { name: field.ident.clone()?, ty: field.ty.clone() })).collect()
        }
        Fields::Unnamed(fields) => {
            let message = Message::new(format!("the values of `{}` have no names", variant.ident))
                .help(format!("write `{} {{ id: … }}`, so that `{{id}}` in the route can name it", variant.ident));
            errors.at(fields, message);
            None
        }
        Fields::Unit => Some(Vec::new()),
    }
}
