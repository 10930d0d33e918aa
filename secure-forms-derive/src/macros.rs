//! Each macro from its tokens to its expansion: read, check, expand. What has mistakes gives its messages and a stand-in of the
//! right type, so that the rest of the file is still judged and nothing is reported twice.

#[cfg(all(test, feature = "sqlite"))]
mod golden;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod places;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::diagnostic::Errors;
use crate::{attribute, check, expand};

/// The item of a derive, which the compiler has parsed already.
fn derived(input: TokenStream, expand: impl FnOnce(DeriveInput, &mut Errors) -> Option<TokenStream>) -> TokenStream {
    let mut errors = Errors::default();
    let tokens = errors.keep(syn::parse2(input)).and_then(|item| expand(item, &mut errors));
    let messages = errors.finish();
    quote!(#messages #tokens)
}

pub(crate) fn form(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| {
        let written = attribute::form::read(&item, errors);
        Some(match check::form::form(written, errors) {
            Ok(form) => expand::form::expand(&form),
            Err(stub) => expand::form::stub(&stub),
        })
    })
}

pub(crate) fn choice(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| {
        let choice = attribute::choice::read(&item, errors);
        check::choice::choice(&choice, errors);
        Some(match errors.is_empty() {
            true => expand::choice::expand(&choice),
            false => expand::choice::stub(&choice, &item.generics),
        })
    })
}

pub(crate) fn routes(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| {
        let written = attribute::routes::read(item, errors)?;
        Some(match check::routes::resolve(written, errors) {
            Ok(site) => expand::routes::expand(&site),
            Err(outline) => expand::routes::stub(&outline),
        })
    })
}

pub(crate) fn readable(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| Some(expand::readable::derive(attribute::readable::read(item, errors))))
}

pub(crate) fn safe_path(input: TokenStream) -> TokenStream {
    match attribute::rooted(input) {
        Ok((root, tokens)) => expand::safe_path::expand(&root, tokens),
        Err(error) => error.to_compile_error(),
    }
}

/// `query!` and `query_as!`; `project` finds the migrations once the text has been read.
#[cfg(feature = "sqlite")]
pub(crate) fn query<P: AsRef<crate::model::schema::Project>>(
    input: TokenStream,
    rows: attribute::query::Rows,
    project: impl FnOnce() -> Result<P, crate::diagnostic::Message>,
) -> TokenStream {
    let (root, tokens) = match attribute::rooted(input) {
        Ok(split) => split,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let expanded = attribute::query::read(tokens, rows, &mut errors).and_then(|query| {
        let project = project().map_err(|message| errors.span(query.span(0), message)).ok()?;
        let judged = check::query::judge(&query, project.as_ref(), &mut errors)?;
        errors.keep(expand::query::expand(&judged, &root))
    });
    expanded.unwrap_or_else(|| errors.finish())
}

#[cfg(feature = "sqlite")]
pub(crate) fn schema(input: TokenStream) -> TokenStream {
    let root = match attribute::rooted(input) {
        Ok((root, _)) => root,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    match attribute::schema::project() {
        Ok(project) => return expand::schema::expand(&project, &root),
        Err(message) => errors.span(proc_macro2::Span::call_site(), message),
    }
    errors.finish()
}

pub(crate) fn csp(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let model = attribute::csp::read(input, &mut errors);
    if let Some(model) = model.as_ref().filter(|_| errors.is_empty()) {
        check::csp::check(model, &mut errors);
    }
    let policy = model.as_ref().map(expand::csp::expand);
    beside(errors, policy)
}

pub(crate) fn html(input: TokenStream) -> TokenStream {
    let (root, template) = match attribute::html::read(input) {
        Ok(read) => read,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let steps = check::html::places(template, &mut errors);
    match errors.is_empty() {
        true => expand::html::expand(&root, &steps),
        false => beside(errors, Some(expand::html::nothing(&root))),
    }
}

pub(crate) fn asset(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let model = attribute::asset::local(input, &mut errors);
    let value = model.as_ref().map(|model| match check::asset::read(model, &mut errors) {
        Some(asset) => expand::asset::local(&model.root, &asset),
        None => expand::asset::nothing(&model.root),
    });
    beside(errors, value)
}

pub(crate) fn remote_asset(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let model = attribute::asset::remote(input, &mut errors);
    let value = model.as_ref().map(|model| match check::asset::remote(model, &mut errors) {
        Some(asset) => expand::asset::remote(&model.root, &asset),
        None => expand::asset::nothing(&model.root),
    });
    beside(errors, value)
}

/// The messages, and the value beside them, so that the type is known.
fn beside(errors: Errors, value: Option<TokenStream>) -> TokenStream {
    let messages = errors.finish();
    quote!({ #messages #value })
}
