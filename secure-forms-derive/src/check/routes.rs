//! `#[derive(Routes)]`: the text of every route, its names against the fields, the methods and the overlaps.

use std::collections::HashMap;

use secure_forms_core::path::{Part, Placeholder, Template, TemplateProblem, TemplateProblemKind as Kind};
use syn::Ident;
use syn::ext::IdentExt;

use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::routes::{
    Field, Method, Outline, Parameter, Segment, Site, Variant, Written, WrittenRoute, WrittenVariant,
};

/// Resolves the routes, or tells every mistake and leaves the names.
pub(crate) fn resolve(written: Written, errors: &mut Errors) -> Result<Site, Box<Outline>> {
    let handlers = handlers(&written);
    let handler_fields: Vec<Ident> = written.variants.iter().map(|variant| handler_field(&variant.name)).collect();
    tell_repeated_handlers(&written, &handler_fields, errors);
    let method = one_method(&written, errors);
    let variants: Vec<Variant> = written
        .variants
        .iter()
        .zip(&handler_fields)
        .filter_map(|(variant, handler)| resolved(variant, handler, errors))
        .collect();
    tell_overlaps(&written, &variants, errors);
    let Written { visibility, name, has_generics, options, .. } = written;
    match method {
        Some(method) if errors.is_empty() => {
            Ok(Site { visibility, name, runtime: options.runtime, handlers, method, variants })
        }
        _ => Err(Box::new(Outline {
            visibility,
            name,
            runtime: options.runtime,
            handlers,
            handler_fields,
            has_generics,
        })),
    }
}

/// `PageHandlers`, unless the attribute names another.
fn handlers(written: &Written) -> Ident {
    let default = || Ident::new(&format!("{}Handlers", written.name.unraw()), written.name.span());
    written.options.handlers.clone().unwrap_or_else(default)
}

/// `UserProfile` → `user_profile`
fn handler_field(variant: &Ident) -> Ident {
    let mut snake = String::new();
    for (at, character) in variant.unraw().to_string().char_indices() {
        if character.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
    }
    match snake.as_str() {
        // These cannot be raw identifiers.
        "self" | "super" | "crate" | "_" => Ident::new(&format!("{snake}_"), variant.span()),
        _ => syn::parse_str::<Ident>(&snake)
            .map(|ident| Ident::new(&ident.to_string(), variant.span()))
            .unwrap_or_else(|_| Ident::new_raw(&snake, variant.span())),
    }
}

fn tell_repeated_handlers(written: &Written, fields: &[Ident], errors: &mut Errors) {
    let mut seen = HashMap::new();
    for (variant, field) in written.variants.iter().zip(fields) {
        if let Some(earlier) = seen.insert(field.to_string(), &variant.name) {
            let message = Message::new(format!("`{}` and `{earlier}` would share the handler `{field}`", variant.name))
                .help("rename one of the two variants");
            errors.at(&variant.name, message);
        }
    }
}

/// Pages and form targets are different enums; so is each other method.
fn one_method(written: &Written, errors: &mut Errors) -> Option<Method> {
    let mut routes = written.variants.iter().filter_map(|variant| variant.route.as_ref());
    let first = routes.next()?;
    for other in routes.filter(|route| route.method != first.method) {
        let (method, expected) = (other.method.key(), first.method.key());
        let message = Message::new(format!("`{method}` stands in an enum of `{expected}` routes"))
            .help(format!("move it to an enum of its own: one holds `{expected}` routes, another `{method}` routes"))
            .note("only pages (`get`) become links and redirects; a form target must not");
        errors.span(other.method_span, message);
    }
    Some(first.method)
}

fn resolved(variant: &WrittenVariant, handler: &Ident, errors: &mut Errors) -> Option<Variant> {
    let route = variant.route.as_ref()?;
    let text = route.text.value();
    let template = Template::parse(&text).map_err(|problem| tell_problem(route, &text, &problem, errors)).ok()?;
    tell_unused_fields(variant, &template, errors);
    let mut field = |placeholder: &Placeholder<'_>| named(variant, route, placeholder, errors);
    let mut segments = Vec::new();
    for part in &template.segments {
        segments.push(match part {
            Part::Literal(text) => Some(Segment::Literal((*text).to_owned())),
            Part::Placeholder(placeholder) => field(placeholder).map(|field| Segment::Field(Box::new(field))),
        });
    }
    let query: Vec<Option<Parameter>> = template
        .query
        .iter()
        .map(|placeholder| Some(Parameter { name: placeholder.name.to_owned(), field: field(placeholder)? }))
        .collect();
    Some(Variant {
        name: variant.name.clone(),
        handler: handler.clone(),
        pattern: template.path.to_owned(),
        segments: segments.into_iter().collect::<Option<_>>()?,
        query: query.into_iter().collect::<Option<_>>()?,
    })
}

fn named(
    variant: &WrittenVariant,
    route: &WrittenRoute,
    placeholder: &Placeholder<'_>,
    errors: &mut Errors,
) -> Option<Field> {
    let wanted = placeholder.field;
    let found = variant.fields.iter().find(|field| field.name.unraw() == wanted);
    if found.is_none() {
        let names: Vec<String> = variant.fields.iter().map(|field| field.name.unraw().to_string()).collect();
        let near = nearest(wanted, names.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if names.is_empty() => format!("add the field: `{} {{ {wanted}: u64 }}`", variant.name),
            None => format!("the fields of `{}` are {}", variant.name, list(names.iter().map(String::as_str))),
        };
        errors.at(&route.text, Message::new(format!("`{{{wanted}}}` names no field of `{}`", variant.name)).help(help));
    }
    found.cloned()
}

fn tell_unused_fields(variant: &WrittenVariant, template: &Template<'_>, errors: &mut Errors) {
    for field in &variant.fields {
        let name = field.name.unraw();
        if !template.placeholders().chain(&template.query).any(|placeholder| name == placeholder.field) {
            let sign = if template.query.is_empty() { '?' } else { '&' };
            let message = Message::new(format!("field `{name}` is not in the route of `{}`", variant.name))
                .help(format!("add `/{{{name}}}` to its path or `{sign}{{{name}}}` to its end"));
            errors.at(&field.name, message);
        }
    }
}

/// The mend for each mistake in the text of a route.
fn tell_problem(route: &WrittenRoute, text: &str, problem: &TemplateProblem, errors: &mut Errors) {
    let part = text.get(problem.place.clone()).unwrap_or_default();
    let what = match problem.kind {
        Kind::NoLeadingSlash => problem.kind.to_string(),
        kind if part.is_empty() => format!("{kind}: `{text}`"),
        kind => format!("{kind}: `{part}`"),
    };
    let message = Message::new(what);
    let message = match problem.kind {
        Kind::NoLeadingSlash => message.help(format!("write `\"/{text}\"`")),
        Kind::EmptySegment => message
            .help("leave one slash between two names")
            .note("a path that starts with `//` names another host (URL Standard, section 4.4)"),
        Kind::DotSegment => {
            message.help("write the path that it leads to: browsers resolve `.` and `..` before they ask")
        }
        Kind::Fragment => message.help("leave out the `#` and what follows: browsers do not send it"),
        Kind::Brace => message.help("a value is written `{field}`, a brace by itself has no place in a path"),
        Kind::FieldName => message.help("put the name of a field between the braces: `{id}`"),
        Kind::CatchAll => message
            .help("write one `{field}` for each segment, or take the rest from the query: `?{path}`")
            .note("the rest of a path can hold `..` and `//`, and a link made of it leads elsewhere"),
        Kind::MixedSegment => message.help("give the value a segment of its own: `/v/{major}`"),
        Kind::OldPlaceholder => message.help("a value is written `{field}`; older routers read `:` and `*` as values"),
        Kind::Character(_) => message
            .help("use letters, digits and `-._~` in the path; values are encoded by the link")
            .note("the router compares the path as it is sent, so encoded text would never be found"),
        Kind::QueryPart => message.help("write `?{field}` or `?name={field}`, with `&` between two"),
        Kind::RepeatedField => message.help("name each field once"),
        Kind::RepeatedName => message.help("give each value of the query its own name"),
        _ => message,
    };
    errors.at(&route.text, message);
}

/// Inserts every pattern into the router that axum uses, and so finds what it would refuse when the program starts.
fn tell_overlaps(written: &Written, variants: &[Variant], errors: &mut Errors) {
    let mut router = matchit::Router::new();
    let mut earlier: HashMap<&str, &Ident> = HashMap::new();
    for variant in variants {
        let text =
            written.variants.iter().find(|other| other.name == variant.name).and_then(|found| found.route.as_ref());
        let (Err(error), Some(route)) = (router.insert(variant.pattern.as_str(), ()), text) else {
            earlier.insert(&variant.pattern, &variant.name);
            continue;
        };
        let matchit::InsertError::Conflict { with } = error else {
            errors.at(&route.text, Message::new(format!("the router refuses `{}`: {error}", variant.pattern)));
            continue;
        };
        let owner = earlier.get(with.as_str()).map(|owner| format!(" of `{owner}`")).unwrap_or_default();
        let message = if with == variant.pattern {
            Message::new(format!("the path `{with}`{owner} is used again")).help("give this route another path")
        } else {
            Message::new(format!("`{}` overlaps with `{with}`{owner}", variant.pattern))
                .help("put a different name in front of one of the two values: a request could mean both")
        };
        errors.at(&route.text, message);
    }
}
