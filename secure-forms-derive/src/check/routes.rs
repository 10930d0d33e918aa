//! `#[derive(Routes)]`: the text of every route, its names against the fields, the methods and the overlaps.

use std::collections::HashMap;

use secure_forms_core::path::{self, Part, Placeholder, Template, TemplateProblem, TemplateProblemKind as Kind};
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use crate::diagnostic::{Errors, Message, list};
use crate::model::routes::{
    Field, Method, Nest, Outline, Parameter, Segment, Site, Variant, Written, WrittenNest, WrittenPlace, WrittenRoute,
    WrittenVariant,
};
use crate::model::words;
use secure_forms_core::nearest::nearest;

/// Resolves the routes, or tells every mistake in source order and leaves the names.
pub(crate) fn resolve(mut written: Written, errors: &mut Errors) -> Result<Site, Box<Outline>> {
    let handlers = handlers(&written);
    let names: Vec<Ident> = written.variants.iter().map(|variant| handler_field(&variant.name)).collect();
    let found: Vec<Errors> = written.variants.iter_mut().map(|variant| std::mem::take(&mut variant.errors)).collect();
    let prefix = prefix_of_all(&written, errors);
    let method = method_of_all(&written, errors);
    let mut earlier = Earlier::default();
    let (mut variants, mut nests) = (Vec::new(), Vec::new());
    for ((variant, handler), found) in written.variants.iter().zip(&names).zip(found) {
        errors.append(found);
        earlier.tell_shared_handler(variant, handler, errors);
        match (&variant.place, method) {
            (Some(WrittenPlace::Nest(nest)), _) => nests.extend(nested(variant, nest, handler, &prefix, errors)),
            (Some(WrittenPlace::Route(route)), Some(method)) => {
                tell_other_method(route, method, errors);
                tell_needless_exemption(route, errors);
                let resolved = resolved(variant, route, handler, &prefix, errors);
                if let Some(resolved) = &resolved {
                    earlier.tell_overlap(variant, route, &resolved.pattern, errors);
                }
                variants.extend(resolved);
            }
            _ => {}
        }
    }
    let handler_fields =
        written.variants.iter().zip(names).map(|(variant, name)| (name, nested_type(variant))).collect();
    let Written { visibility, name, has_generics, options, .. } = written;
    match method {
        Some(method) if errors.is_empty() => {
            Ok(Site { visibility, name, root: options.root, handlers, method, variants, nests })
        }
        _ => Err(Box::new(Outline { visibility, name, root: options.root, handlers, handler_fields, has_generics })),
    }
}

/// The text of `prefix`; empty where there is none, or a wrong one.
fn prefix_of_all(written: &Written, errors: &mut Errors) -> String {
    let Some(literal) = &written.options.prefix else { return String::new() };
    let text = literal.value();
    match path::prefix(&text) {
        Ok(_) => return text,
        Err(problem) => tell_prefix(literal, &text, &problem, errors),
    }
    String::new()
}

/// That of the first route, or the one that is named for an enum which only nests others.
fn method_of_all(written: &Written, errors: &mut Errors) -> Option<Method> {
    let routes = written.variants.iter().filter_map(|variant| match &variant.place {
        Some(WrittenPlace::Route(route)) => Some(route.method),
        _ => None,
    });
    let method = written.options.method.or_else(|| routes.into_iter().next());
    let only_nests = written.variants.iter().all(|variant| matches!(variant.place, Some(WrittenPlace::Nest(_))));
    if method.is_none() && only_nests && !written.variants.is_empty() {
        let message = Message::new(format!("`{}` has no route of its own, so its method is not known", written.name))
            .help("write `#[routes(method = get)]` above it, or `post` for form targets");
        errors.at(&written.name, message);
    }
    method
}

fn nested(
    variant: &WrittenVariant,
    nest: &WrittenNest,
    handler: &Ident,
    prefix: &str,
    errors: &mut Errors,
) -> Option<Nest> {
    let text = nest.text.value();
    // The root is no prefix: the other enum's routes may stand anywhere below this one's.
    let below = if text == "/" { "" } else { text.as_str() };
    if !below.is_empty()
        && let Err(problem) = path::prefix(below)
    {
        tell_prefix(&nest.text, &text, &problem, errors);
        return None;
    }
    Some(Nest {
        name: variant.name.clone(),
        handler: handler.clone(),
        prefix: format!("{prefix}{below}"),
        place: nest.text.span(),
        ty: nest.ty.clone(),
    })
}

fn nested_type(variant: &WrittenVariant) -> Option<syn::Type> {
    match &variant.place {
        Some(WrittenPlace::Nest(nest)) => Some(nest.ty.clone()),
        _ => None,
    }
}

/// `PageHandlers`, unless the attribute names another.
fn handlers(written: &Written) -> Ident {
    let default = || Ident::new(&format!("{}Handlers", written.name.unraw()), written.name.span());
    written.options.handlers.clone().unwrap_or_else(default)
}

/// `UserProfile` → `user_profile`
fn handler_field(variant: &Ident) -> Ident {
    let snake = words::snake(variant);
    match snake.as_str() {
        // These cannot be raw identifiers.
        "self" | "super" | "crate" | "_" => Ident::new(&format!("{snake}_"), variant.span()),
        _ => syn::parse_str::<Ident>(&snake)
            .map(|ident| Ident::new(&ident.to_string(), variant.span()))
            .unwrap_or_else(|_| Ident::new_raw(&snake, variant.span())),
    }
}

/// Pages and form targets are different enums; so is each other method.
fn tell_other_method(route: &WrittenRoute, first: Method, errors: &mut Errors) {
    if route.method != first {
        let (method, expected) = (route.method.key(), first.key());
        let message = Message::new(format!("`{method}` stands in an enum of `{expected}` routes"))
            .help(format!("move it to an enum of its own: one holds `{expected}` routes, another `{method}` routes"))
            .note("only pages (`get`) become links and redirects; a form target must not");
        errors.span(route.method_span, message);
    }
}

/// Pages answer everybody.
fn tell_needless_exemption(route: &WrittenRoute, errors: &mut Errors) {
    if let (Method::Get, Some(exempt)) = (route.method, &route.csrf_exempt) {
        let message = Message::new(format!("`{}` on a page means nothing", exempt.key));
        errors.at(&exempt.key, message.help("leave it out: other sites may link to any page"));
    }
}

fn resolved(
    variant: &WrittenVariant,
    route: &WrittenRoute,
    handler: &Ident,
    prefix: &str,
    errors: &mut Errors,
) -> Option<Variant> {
    let text = route.text.value();
    let template = Template::parse(&text).map_err(|problem| tell_problem(route, &text, &problem, errors)).ok()?;
    let fields = route.fields.as_deref()?;
    tell_unknown_and_unused(variant, route, fields, &template, errors);
    let field = |placeholder: &Placeholder<'_>| fields.iter().find(|field| is_named(field, placeholder.field)).cloned();
    let segment = |part: &Part<'_>| match part {
        Part::Literal(text) => Some(Segment::Literal((*text).to_owned())),
        Part::Placeholder(placeholder) => field(placeholder).map(|field| Segment::Field(Box::new(field))),
    };
    let parameter = |placeholder: &Placeholder<'_>| {
        Some(Parameter { name: placeholder.name.to_owned(), field: field(placeholder)? })
    };
    // The root of an enum with a prefix is the prefix, without a slash behind it.
    let own = if template.path == "/" && !prefix.is_empty() { "" } else { template.path };
    let before = prefix.split('/').skip(1).map(|text| Some(Segment::Literal(text.to_owned())));
    let segments = template.segments.iter().filter(|_| !own.is_empty()).map(segment);
    Some(Variant {
        name: variant.name.clone(),
        handler: handler.clone(),
        pattern: format!("{prefix}{own}"),
        segments: before.chain(segments).collect::<Option<_>>()?,
        query: template.query.iter().map(parameter).collect::<Option<_>>()?,
        csrf_exempt: route.csrf_exempt.as_ref().map(|exempt| exempt.reason.clone()),
    })
}

fn is_named(field: &Field, name: &str) -> bool {
    field.name.unraw() == name
}

/// Placeholders without a field, then fields without a placeholder. A misspelt pair is told once.
fn tell_unknown_and_unused(
    variant: &WrittenVariant,
    route: &WrittenRoute,
    fields: &[Field],
    template: &Template<'_>,
    errors: &mut Errors,
) {
    let placeholders: Vec<&str> =
        template.placeholders().chain(&template.query).map(|placeholder| placeholder.field).collect();
    let names: Vec<String> = fields.iter().map(|field| field.name.unraw().to_string()).collect();
    let names = || names.iter().map(String::as_str);
    let mut misspelt = Vec::new();
    for wanted in placeholders.iter().filter(|wanted| !names().any(|name| name == **wanted)) {
        let near = nearest(wanted, names().filter(|name| !placeholders.contains(name)));
        misspelt.extend(near);
        let help = match near {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None if fields.is_empty() => format!("add the field: `{} {{ {wanted}: u64 }}`", variant.name),
            None => format!("the fields of `{}` are {}", variant.name, list(names())),
        };
        errors.at(&route.text, Message::new(format!("`{{{wanted}}}` names no field of `{}`", variant.name)).help(help));
    }
    for field in fields {
        let name = field.name.unraw().to_string();
        if !placeholders.contains(&name.as_str()) && !misspelt.contains(&name.as_str()) {
            let sign = if template.query.is_empty() { '?' } else { '&' };
            let message = Message::new(format!("field `{name}` is not in the route of `{}`", variant.name))
                .help(format!("add `/{{{name}}}` to its path or `{sign}{{{name}}}` to its end"));
            errors.at(&field.name, message);
        }
    }
}

/// The fix for each mistake in a prefix: its own, or that of a route's text.
fn tell_prefix(literal: &LitStr, text: &str, problem: &TemplateProblem, errors: &mut Errors) {
    let message = Message::new(what_is_wrong(text, problem));
    let message = match problem.kind {
        Kind::NoLeadingSlash => Message::new("a prefix starts with `/`").help(format!("write `\"/{text}\"`")),
        Kind::PrefixEnd if text == "/" => message.help("leave the prefix out: every path starts with `/`"),
        Kind::PrefixEnd => message.help("leave out the last slash: the paths of the routes start with one"),
        Kind::PrefixPlaceholder | Kind::CatchAll | Kind::MixedSegment => {
            message.help("put the value into the routes: `#[get(\"/{id}/…\")]`; a prefix is text")
        }
        Kind::PrefixQuery => {
            message.help("put the value into the routes: `#[get(\"/?{tab}\")]`; a prefix has no query")
        }
        kind => fix(message, kind),
    };
    errors.at(literal, message);
}

fn what_is_wrong(text: &str, problem: &TemplateProblem) -> String {
    let part = text.get(problem.place.clone()).unwrap_or_default();
    match problem.kind {
        Kind::NoLeadingSlash => problem.kind.to_string(),
        kind if part.is_empty() => format!("{kind}: `{text}`"),
        kind => format!("{kind}: `{part}`"),
    }
}

/// The fix for each mistake in the text of a route.
fn tell_problem(route: &WrittenRoute, text: &str, problem: &TemplateProblem, errors: &mut Errors) {
    let message = Message::new(what_is_wrong(text, problem));
    let message = match problem.kind {
        Kind::NoLeadingSlash => message.help(format!("write `#[{}(\"/{text}\")]`", route.method.key())),
        kind => fix(message, kind),
    };
    errors.at(&route.text, message);
}

fn fix(message: Message, kind: Kind) -> Message {
    match kind {
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
        Kind::RepeatedField => message.help("name each field once, and give the variant a field for each value"),
        Kind::RepeatedName => message.help("give each value of the query its own name"),
        _ => message.help("write plain segments and `{field}`: `/users/{id}`"),
    }
}

/// The variants above the one that is looked at.
#[derive(Default)]
struct Earlier<'w> {
    handlers: HashMap<String, &'w Ident>,
    patterns: HashMap<String, (&'w Ident, &'w LitStr)>,
    router: matchit::Router<()>,
}

impl<'w> Earlier<'w> {
    fn tell_shared_handler(&mut self, variant: &'w WrittenVariant, handler: &Ident, errors: &mut Errors) {
        if let Some(earlier) = self.handlers.insert(handler.to_string(), &variant.name) {
            let message =
                Message::new(format!("`{}` and `{earlier}` would share the handler `{handler}`", variant.name))
                    .help("rename one of the two variants");
            errors.at(&variant.name, message);
        }
    }

    /// Inserts the pattern into the router that axum uses, and so finds what it would refuse when the program starts.
    fn tell_overlap(
        &mut self,
        variant: &'w WrittenVariant,
        route: &'w WrittenRoute,
        pattern: &str,
        errors: &mut Errors,
    ) {
        let Err(error) = self.router.insert(pattern, ()) else {
            self.patterns.insert(pattern.to_owned(), (&variant.name, &route.text));
            return;
        };
        let matchit::InsertError::Conflict { with } = error else {
            let message = Message::new(format!("the router refuses `{pattern}`: {error}"));
            return errors.at(&route.text, message.help("write plain segments and `{field}`: `/users/{id}`"));
        };
        let (what, help) = match self.patterns.get(&with) {
            Some((twin, _)) if with == pattern => (
                format!("`{twin}` and `{}` have one path: `{with}`", variant.name),
                "give one of them another path".to_owned(),
            ),
            Some((twin, _)) => (
                format!("`{twin}` and `{}` overlap: `{with}` and `{pattern}`", variant.name),
                "a request could mean both: put a name in front of one of the two values".to_owned(),
            ),
            None => (format!("`{pattern}` overlaps with `{with}`"), "give the route another path".to_owned()),
        };
        let twin = self.patterns.get(&with).map(|(_, text)| *text);
        for place in twin.into_iter().chain([&route.text]) {
            errors.at(place, Message::new(&what).help(&help));
        }
    }
}
