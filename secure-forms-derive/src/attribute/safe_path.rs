//! `safe_path!`: syntax. One string literal.

use proc_macro2::TokenStream;

use super::rooted;
use crate::diagnostic::{Errors, Message};
use crate::model::safe_path::Written;

/// None where the runtime's macro did not say where the runtime is.
pub(crate) fn read(input: TokenStream, errors: &mut Errors) -> Option<Written> {
    let (root, tokens) = errors.keep(rooted(input))?;
    let path = syn::parse2(tokens.clone()).ok();
    if path.is_none() {
        let message = Message::new("`safe_path!` takes one string literal")
            .help("write `safe_path!(\"/home\")`; for a place with values, `#[derive(Routes)]` makes it of an enum")
            .note("text that is known only at run time may lead to another site; `ReturnTo` judges it");
        errors.at(tokens, message);
    }
    Some(Written { root, path })
}
