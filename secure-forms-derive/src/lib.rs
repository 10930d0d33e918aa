//! The macros of `secure-forms`. Use them through that crate, which re-exports and documents them.
//!
//! Data flows one way: `attribute` (syntax → what is written) → `check` (mistakes → what is checked) → `expand` (tokens). `model` holds what they hand
//! on, `source` reads files, `diagnostic` reports the mistakes.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod attribute;
mod check;
mod diagnostic;
mod expand;
mod macros;
mod model;
mod source;

use proc_macro::TokenStream;

/// Turns an annotated struct into a whole form.
///
/// # Secret names
/// A `String`, `&str` or `Cow<str>` whose name says that it is secret does not compile: its type is `Secret`, or, where anybody may read
/// it, it has `#[field(allow(readable))]`. A name (of the field, or on the wire) says so by one of its words, with digits or an `s` behind
/// it or not: `password`, `passwd`, `passphrase`, `passcode`, `pwd`, `pin`, `secret`, `token`, `otp`, `totp`, `cvv`, `cvc`, `csc`, `apikey`,
/// `credential`; or by two words: `api`, `private`, `access` or `encryption` before `key`, `security`, `recovery`, `backup` or
/// `verification` before `code`. So do the tokens `new-password`, `current-password`, `one-time-code` and `cc-csc` of `autocomplete`.
/// Words are parted at `_`, `-`, digits and capitals: `spinner` and `opinion` say nothing.
///
#[doc = include_str!("reference/form.md")]
#[proc_macro_derive(Form, attributes(form, field))]
pub fn form(input: TokenStream) -> TokenStream {
    macros::form(input.into()).into()
}

/// Turns an enum into the offered values of a select or radio group.
///
#[doc = include_str!("reference/choice.md")]
#[proc_macro_derive(Choice, attributes(choice))]
pub fn choice(input: TokenStream) -> TokenStream {
    macros::choice(input.into()).into()
}

/// Turns an enum into the pages or the form targets of a site.
///
#[doc = include_str!("reference/routes.md")]
#[proc_macro_derive(Routes, attributes(routes, get, post, put, patch, delete, nest))]
pub fn routes(input: TokenStream) -> TokenStream {
    macros::routes(input.into()).into()
}

/// States that a type may be put into a cookie that its owner can read.
#[cfg(feature = "web")]
#[proc_macro_derive(Readable, attributes(readable))]
pub fn readable(input: TokenStream) -> TokenStream {
    macros::readable(input.into()).into()
}

/// A path on this site, checked at compile time; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn safe_path(input: TokenStream) -> TokenStream {
    macros::safe_path(input.into()).into()
}

/// A checked SQL statement; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    macros::query(input.into(), attribute::query::Rows::Local, source::migrations::project).into()
}

/// A checked SQL statement with rows of a named type; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn query_as(input: TokenStream) -> TokenStream {
    macros::query(input.into(), attribute::query::Rows::Named, source::migrations::project).into()
}

/// The migrations of the crate; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "sqlite")]
#[proc_macro]
pub fn schema(input: TokenStream) -> TokenStream {
    macros::schema(input.into()).into()
}

/// A Content Security Policy, evaluated at compile time; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "web")]
#[proc_macro]
pub fn csp(input: TokenStream) -> TokenStream {
    macros::csp(input.into()).into()
}

/// Markup whose values fit their places; the runtime's macro of the same name hands its tokens on.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    macros::html(input.into()).into()
}

/// A static file of the package; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "web")]
#[proc_macro]
pub fn asset(input: TokenStream) -> TokenStream {
    macros::asset(input.into()).into()
}

/// A file of another host with its hash; the runtime's macro of the same name hands its tokens on.
#[cfg(feature = "web")]
#[proc_macro]
pub fn remote_asset(input: TokenStream) -> TokenStream {
    macros::remote_asset(input.into()).into()
}
