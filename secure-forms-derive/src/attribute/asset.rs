//! `asset!` and `remote_asset!`: syntax.

use proc_macro2::{Ident, TokenStream};
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token};

use crate::attribute::rooted;
use crate::diagnostic::{Errors, Message};
use crate::model::asset::{WrittenLocal, WrittenRemote};

pub(crate) fn local(input: TokenStream, errors: &mut Errors) -> Option<WrittenLocal> {
    let (root, tokens) = errors.keep(rooted(input))?;
    let Ok(path) = syn::parse2::<LitStr>(tokens.clone()) else {
        let message = Message::new("`asset!` takes one string literal");
        errors
            .at(tokens, message.help("write `asset!(\"static/app.js\")`; the file is read while the program compiles"));
        return None;
    };
    Some(WrittenLocal { root, path })
}

pub(crate) fn remote(input: TokenStream, errors: &mut Errors) -> Option<WrittenRemote> {
    let (root, tokens) = errors.keep(rooted(input))?;
    let parse = |stream: ParseStream<'_>| {
        let url: LitStr = stream.parse()?;
        let mut model = WrittenRemote { root, url, integrity: None, kind: None };
        if stream.parse::<Option<Token![,]>>()?.is_some() && !stream.is_empty() {
            model.integrity = Some(stream.parse()?);
        }
        if stream.parse::<Option<Token![,]>>()?.is_some() && !stream.is_empty() {
            model.kind = Some(stream.parse::<Ident>()?);
            stream.parse::<Option<Token![,]>>()?;
        }
        Ok(model)
    };
    match parse.parse2(tokens.clone()) {
        Ok(model) => Some(model),
        Err(_) => {
            let message = Message::new("`remote_asset!` takes a URL and a hash, both string literals");
            errors.at(tokens, message.help("write `remote_asset!(\"https://cdn.example.org/lib.js\", \"sha384-…\")`"));
            None
        }
    }
}
