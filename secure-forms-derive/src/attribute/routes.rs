//! `#[derive(Routes)]`: reads `#[routes(…)]` on the enum and one `#[get("…")]` (or another method) on each variant.

use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Meta};

use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::routes::{Field, Method, Options, Written, WrittenRoute, WrittenVariant};

const KEYS: [&str; 2] = ["crate", "handlers"];

/// None where the item is not an enum.
pub(crate) fn read(input: DeriveInput, errors: &mut Errors) -> Option<Written> {
    let options = options(&input.attrs, errors);
    let has_generics = !input.generics.params.is_empty();
    if has_generics {
        let message = Message::new(format!("`{}` has generics, which routes cannot have", input.ident))
            .help("name the types of the fields: a link must be made of them without more to know");
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
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("routes")) {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("crate") {
                let path: syn::Path = meta.value()?.call(syn::Path::parse_mod_style)?;
                if path.leading_colon.is_none() && path.segments.first().is_none_or(|first| first.ident != "crate") {
                    let message =
                        "help: write `crate = ::name`; a relative path would mean something else in every module";
                    return Err(syn::Error::new_spanned(path, format!("`crate` takes an absolute path\n{message}")));
                }
                options.runtime = Some(path);
            } else if meta.path.is_ident("handlers") {
                options.handlers = Some(meta.value()?.parse()?);
            } else {
                let key = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let help = nearest(&key, KEYS).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                let text = format!("unknown key `{key}` in `#[routes(…)]`\nhelp: {help}the keys are {}", list(KEYS));
                return Err(syn::Error::new_spanned(&meta.path, text));
            }
            Ok(())
        });
        errors.keep(read);
    }
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
        let message = Message::new(format!("variant `{}` has two routes", variant.ident))
            .help("give each route a variant of its own");
        errors.at(second.path(), message);
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
