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
#[cfg(feature = "sqlite")]
use crate::source;
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
        Some(match check::form::check(written, errors) {
            Ok(form) => expand::form::expand(&form),
            Err(stub) => expand::form::stub(&stub),
        })
    })
}

pub(crate) fn choice(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| {
        let written = attribute::choice::read(&item, errors);
        Some(match check::choice::check(written, errors) {
            Ok(choice) => expand::choice::expand(&choice),
            Err(stub) => expand::choice::stub(&stub),
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

#[cfg(feature = "web")]
/// What is written is enough: whether the types of the fields are readable, the compiler tells.
pub(crate) fn readable(input: TokenStream) -> TokenStream {
    derived(input, |item, errors| Some(expand::readable::expand(&attribute::readable::read(item, errors))))
}

pub(crate) fn safe_path(input: TokenStream) -> TokenStream {
    valued(|errors| {
        let written = attribute::safe_path::read(input, errors)?;
        Some(match check::safe_path::check(written, errors) {
            Ok(path) => expand::safe_path::expand(&path),
            Err(root) => expand::safe_path::stub(&root),
        })
    })
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
    match source::migrations::project() {
        Ok(project) => return expand::schema::expand(&project, &root),
        Err(message) => errors.span(proc_macro2::Span::call_site(), message),
    }
    errors.finish()
}

#[cfg(feature = "web")]
pub(crate) fn csp(input: TokenStream) -> TokenStream {
    valued(|errors| {
        let written = attribute::csp::read(input, errors)?;
        Some(match check::csp::check(written, errors) {
            Ok(policy) => expand::csp::expand(&policy),
            Err(root) => expand::csp::stub(&root),
        })
    })
}

pub(crate) fn html(input: TokenStream) -> TokenStream {
    let written = match attribute::html::read(input) {
        Ok(written) => written,
        Err(error) => return error.to_compile_error(),
    };
    valued(|errors| {
        Some(match check::html::check(written, errors) {
            Ok(template) => expand::html::expand(&template),
            Err(root) => expand::html::stub(&root),
        })
    })
}

#[cfg(feature = "web")]
pub(crate) fn asset(input: TokenStream) -> TokenStream {
    valued(|errors| {
        let written = attribute::asset::local(input, errors)?;
        Some(match check::asset::local(written, errors) {
            Ok(asset) => expand::asset::local(&asset),
            Err(root) => expand::asset::stub(&root),
        })
    })
}

#[cfg(feature = "web")]
pub(crate) fn remote_asset(input: TokenStream) -> TokenStream {
    valued(|errors| {
        let written = attribute::asset::remote(input, errors)?;
        Some(match check::asset::remote(written, errors) {
            Ok(asset) => expand::asset::remote(&asset),
            Err(root) => expand::asset::stub(&root),
        })
    })
}

/// The value of a macro that is an expression. With mistakes it stands beside the messages, so that the type is known and nothing else is
/// reported.
fn valued(expand: impl FnOnce(&mut Errors) -> Option<TokenStream>) -> TokenStream {
    let mut errors = Errors::default();
    let value = expand(&mut errors);
    match (errors.is_empty(), value) {
        (true, Some(value)) => value,
        (_, value) => {
            let messages = errors.finish();
            quote!({ #messages #value })
        }
    }
}
