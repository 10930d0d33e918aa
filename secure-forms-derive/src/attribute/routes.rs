//! `#[derive(Routes)]`: reads `#[routes(…)]` on the enum and one `#[get("…")]` (or another method) on each variant.

use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Meta};

use super::key::{self, Keys};
use crate::diagnostic::{Errors, Message};
use crate::model::routes::{Field, Method, Options, Written, WrittenRoute, WrittenVariant};

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
    Keys::of(key::ROUTES, &[]).read(attributes, "routes", errors, |name, _, meta, errors| {
        if name == "crate" {
            options.root = key::root(meta, errors)?;
        } else {
            options.handlers = Some(key::value(meta, "the name of a struct", "handlers = PageTable")?);
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
    let literal = match &attribute.meta {
        Meta::List(list) => list.parse_args::<LitStr>().map_err(|_| list.tokens.span()),
        other => Err(other.span()),
    };
    match literal {
        Ok(text) => Some(WrittenRoute { method, method_span: attribute.path().span(), text }),
        Err(span) => {
            let message = Message::new(format!("`{}` takes one string literal", method.key()))
                .help(format!("write `#[{}(\"/path\")]`", method.key()));
            errors.span(span, message);
            None
        }
    }
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
