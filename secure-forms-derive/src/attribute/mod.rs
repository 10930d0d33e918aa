//! Syntax → what is written: reads what the user wrote and keeps its tokens.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};

use crate::model::root::Root;

mod allow;
#[cfg(feature = "web")]
pub(crate) mod asset;
pub(crate) mod choice;
#[cfg(feature = "web")]
pub(crate) mod csp;
pub(crate) mod field;
mod fit;
pub(crate) mod form;
pub(crate) mod html;
mod key;
mod key_table;
mod kind;
#[cfg(feature = "sqlite")]
pub(crate) mod query;
#[cfg(feature = "web")]
pub(crate) mod readable;
pub(crate) mod routes;
mod rule;
pub(crate) mod safe_path;

/// Splits `[$crate] rest`: a macro of the runtime says where the runtime is, so that renaming the crate changes nothing.
pub(crate) fn rooted(input: TokenStream) -> syn::Result<(Root, TokenStream)> {
    let parse = |stream: ParseStream<'_>| {
        let root;
        syn::bracketed!(root in stream);
        Ok((Root::at(root.parse::<TokenStream>()?), stream.parse::<TokenStream>()?))
    };
    parse.parse2(input)
}
