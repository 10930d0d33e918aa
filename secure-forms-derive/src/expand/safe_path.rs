//! `safe_path!`: expansion. One string literal enters, a constant `SafeRedirect` with the normalised text leaves.

use proc_macro2::TokenStream;
use quote::quote;
use secure_forms_core::path::{self, Refusal};
use syn::LitStr;

use crate::diagnostic::{Errors, Message};
use crate::expand::path::Root;

// expands to:  const { ROOT::literal_redirect("/home") }
pub(crate) fn expand(root: &Root, tokens: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let text = literal(tokens, &mut errors).and_then(|literal| judged(&literal, &mut errors));
    let emitted = redirect(root, text.as_deref().unwrap_or("/"));
    if errors.is_empty() {
        return emitted;
    }
    // The value stands beside the message, so that the type is known and nothing else is reported.
    let messages = errors.finish();
    quote!({ #messages #emitted })
}

fn redirect(root: &Root, text: &str) -> TokenStream {
    let private = root.private();
    quote!(const { #private::literal_redirect(#text) })
}

fn literal(tokens: TokenStream, errors: &mut Errors) -> Option<LitStr> {
    match syn::parse2(tokens.clone()) {
        Ok(literal) => Some(literal),
        Err(_) => {
            let message = Message::new("`safe_path!` takes one string literal")
                .help("write `safe_path!(\"/home\")`; for a place with values, `#[derive(Routes)]` makes it of an enum")
                .note("text that is known only at run time may lead to another site; `ReturnTo` judges it");
            errors.at(tokens, message);
            None
        }
    }
}

fn judged(literal: &LitStr, errors: &mut Errors) -> Option<String> {
    let text = literal.value();
    match path::redirect(&text) {
        Ok(emitted) => Some(emitted.into_owned()),
        Err(refusal) => {
            errors.at(literal, Message::new(refusal).help(mend(refusal)));
            None
        }
    }
}

fn mend(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Control | Refusal::ControlAfterDecoding => {
            "leave out the control character: it could begin another header"
        }
        Refusal::OtherHostAfterDotSegments => "write the path that it leads to, without `.` and `..`",
        Refusal::OtherHostAfterDecoding => "leave out the encoded slash, backslash or tab at its start",
        Refusal::TooLong { .. } => "shorten the path or its query",
        _ => "a path on this site starts with one `/`, such as `safe_path!(\"/home\")`",
    }
}
