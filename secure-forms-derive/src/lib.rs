//! The macros of `secure-forms`. Use them through that crate, which re-exports and documents them.
//!
//! Data flows one way: `attribute` (syntax) → `model` → `check` (mistakes) → `expand` (tokens); `diagnostic` tells the mistakes.
#![forbid(unsafe_code)]

mod attribute;
mod check;
mod diagnostic;
mod expand;
mod model;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Turns an annotated struct into a whole form.
#[proc_macro_derive(Form, attributes(form, field))]
pub fn form(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let mut errors = diagnostic::Errors::default();
    let mut model = attribute::form::read(&input, &mut errors);
    if let Some(model) = &mut model {
        check::form::form(model, &mut errors);
    }
    match model {
        Some(model) if errors.is_empty() => expand::form::expand(&model).into(),
        _ => expand::form::stub(&input.ident, &input.generics)
            .into_iter()
            .chain(errors.finish())
            .collect::<proc_macro2::TokenStream>()
            .into(),
    }
}

/// Turns an enum into the offered values of a select or radio group.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let model = attribute::choice::read(&parse_macro_input!(input as DeriveInput), &mut errors);
    if let Some(model) = &model {
        check::choice::choice(model, &mut errors);
    }
    let mut tokens = model.map(|model| expand::choice::expand(&model)).unwrap_or_default();
    tokens.extend(errors.finish());
    tokens.into()
}

/// Turns an enum into the pages or the form targets of a site.
#[proc_macro_derive(Routes, attributes(routes, get, post, put, patch, delete))]
pub fn routes(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let written = attribute::routes::read(parse_macro_input!(input as DeriveInput), &mut errors);
    let tokens = written.map(|written| match check::routes::resolve(written, &mut errors) {
        Ok(site) => expand::routes::expand(&site),
        Err(outline) => expand::routes::stub(&outline),
    });
    let messages = errors.finish();
    quote::quote!(#messages #tokens).into()
}

/// States that a type may be put into a cookie that its owner can read.
#[proc_macro_derive(Readable, attributes(readable))]
pub fn readable(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let model = attribute::readable::read(parse_macro_input!(input as DeriveInput), &mut errors);
    let mut tokens = expand::readable::derive(model);
    tokens.extend(errors.finish());
    tokens.into()
}

/// A path on this site, checked at compile time; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn safe_path(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let path = attribute::safe_path::read(input.into(), &mut errors).map(|(root, literal)| {
        let text = literal.and_then(|literal| check::safe_path::judge(&literal, &mut errors));
        expand::safe_path::expand(&root, text.as_deref())
    });
    if errors.is_empty() {
        return path.unwrap_or_default().into();
    }
    // The value stands beside the message, so that the type is known and nothing else is reported.
    let messages = errors.finish();
    quote::quote!({ #messages #path }).into()
}

/// A checked SQL statement; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    statement(input, attribute::query::Rows::Local)
}

/// A checked SQL statement with rows of a named type; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn query_as(input: TokenStream) -> TokenStream {
    statement(input, attribute::query::Rows::Named)
}

#[cfg(feature = "sqlite")]
fn statement(input: TokenStream, rows: attribute::query::Rows) -> TokenStream {
    let (root, tokens) = match attribute::rooted(input.into()) {
        Ok(split) => split,
        Err(error) => return error.to_compile_error().into(),
    };
    let mut errors = diagnostic::Errors::default();
    let expanded = attribute::query::read(tokens, rows, &mut errors).and_then(|query| {
        let project = attribute::schema::project().map_err(|message| errors.span(query.span(0), message)).ok()?;
        let judged = check::query::judge(&query, &project, &mut errors)?;
        errors.keep(expand::query::expand(&judged, &root))
    });
    expanded.unwrap_or_else(|| errors.finish()).into()
}

/// The migrations of the crate; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    let root = match attribute::rooted(input.into()) {
        Ok((root, _)) => root,
        Err(error) => return error.to_compile_error().into(),
    };
    let mut errors = diagnostic::Errors::default();
    match attribute::schema::project() {
        Ok(project) => return expand::schema::expand(&project, &root).into(),
        Err(message) => errors.span(proc_macro2::Span::call_site(), message),
    }
    errors.finish().into()
}

/// A Content Security Policy, evaluated at compile time; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn csp(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let model = attribute::csp::read(input.into(), &mut errors);
    if let Some(model) = model.as_ref().filter(|_| errors.is_empty()) {
        check::csp::check(model, &mut errors);
    }
    // The value stands beside the messages, so that the type is known and nothing else is reported.
    let policy = model.as_ref().map(expand::csp::expand);
    let messages = errors.finish();
    quote::quote!({ #messages #policy }).into()
}

/// A static file of the package; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn asset(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let model = attribute::asset::local(input.into(), &mut errors);
    let value = model.as_ref().map(|model| match check::asset::read(model, &mut errors) {
        Some(asset) => expand::asset::local(&model.root, &asset),
        None => expand::asset::nothing(&model.root),
    });
    let messages = errors.finish();
    quote::quote!({ #messages #value }).into()
}

/// A file of another host with its hash; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn remote_asset(input: TokenStream) -> TokenStream {
    let mut errors = diagnostic::Errors::default();
    let model = attribute::asset::remote(input.into(), &mut errors);
    let value = model.as_ref().map(|model| match check::asset::remote(model, &mut errors) {
        Some(asset) => expand::asset::remote(&model.root, &asset),
        None => expand::asset::nothing(&model.root),
    });
    let messages = errors.finish();
    quote::quote!({ #messages #value }).into()
}
