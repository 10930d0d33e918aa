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
    expand::form::derive(parse_macro_input!(input as DeriveInput)).into()
}

/// Turns an enum into the offered values of a select or radio group.
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    expand::choice::derive(parse_macro_input!(input as DeriveInput)).into()
}

/// Turns an enum into the pages or the form targets of a site.
#[proc_macro_derive(Routes, attributes(routes, get, post, put, patch, delete))]
pub fn routes(input: TokenStream) -> TokenStream {
    expand::routes::derive(parse_macro_input!(input as DeriveInput)).into()
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
    expand::safe_path::expand(input.into()).into()
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
