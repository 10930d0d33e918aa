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
