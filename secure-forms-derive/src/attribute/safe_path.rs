//! `safe_path!`: one string literal.

use proc_macro2::TokenStream;
use syn::LitStr;

use super::rooted;
use crate::diagnostic::{Errors, Message};
use crate::model::root::Root;

/// Where the runtime is, and the literal if there is one.
pub(crate) fn read(input: TokenStream, errors: &mut Errors) -> Option<(Root, Option<LitStr>)> {
    let (root, tokens) = errors.keep(rooted(input))?;
    let literal = syn::parse2(tokens.clone()).ok();
    if literal.is_none() {
        let message = Message::new("`safe_path!` takes one string literal")
            .help("write `safe_path!(\"/home\")`; for a place with values, `#[derive(Routes)]` makes it of an enum")
            .note("text that is known only at run time may lead to another site; `Next` judges it");
        errors.at(tokens, message);
    }
    Some((root, literal))
}
