//! `html!`: the words of its syntax: names, text, values.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, ExprParen, Lit, LitInt, LitStr, Token, bracketed, parenthesized};

use crate::diagnostic::Message;
use crate::model::html::Name;

/// Words that begin a control structure, behind an `@`.
const CONTROL: [&str; 6] = ["if", "else", "for", "while", "match", "let"];

/// Words, numbers and literals with `-` and `:` between them.
pub(super) fn name(stream: ParseStream<'_>) -> syn::Result<Name> {
    let (mut text, span) = (String::new(), stream.span());
    loop {
        if stream.peek(Ident::peek_any) {
            text += &stream.call(Ident::parse_any)?.unraw().to_string();
        } else if stream.peek(LitInt) {
            text += &stream.parse::<LitInt>()?.to_string();
        } else if stream.peek(LitStr) {
            text += &stream.parse::<LitStr>()?.value();
        } else if !(stream.peek(Token![-]) || stream.peek(Token![:])) {
            return Err(stream.error(Message::new("expected a name").help("write `data-name`, or a name in quotes")));
        }
        if stream.parse::<Option<Token![-]>>()?.is_some() {
            text.push('-');
        } else if stream.parse::<Option<Token![:]>>()?.is_some() {
            text.push(':');
        } else {
            return Ok(Name { text, span });
        }
    }
}

pub(super) fn text(stream: ParseStream<'_>) -> syn::Result<LitStr> {
    match stream.parse::<Lit>()? {
        Lit::Str(text) => Ok(text),
        Lit::Bool(value) => Err(syn::Error::new(
            value.span,
            Message::new("the value of an attribute is text").help(
                "write `checked` for one that is there, `checked[condition]` for one that may be, or `=\"true\"`",
            ),
        )),
        other => Err(syn::Error::new(
            other.span(),
            Message::new("text stands in double quotes").help(format_args!("write `\"{}\"`", other.to_token_stream())),
        )),
    }
}

/// `(value)`, with its parentheses: their span is that of all of it.
pub(super) fn splice(stream: ParseStream<'_>) -> syn::Result<Expr> {
    let inside;
    let paren_token = parenthesized!(inside in stream);
    let expr = Box::new(inside.parse()?);
    if inside.is_empty() {
        return Ok(Expr::Paren(ExprParen { attrs: Vec::new(), paren_token, expr }));
    }
    Err(inside.error(Message::new("expected one value").help("write `(one) (two)`")))
}

/// `[value]`
pub(super) fn brackets(stream: ParseStream<'_>) -> syn::Result<Expr> {
    let inside;
    bracketed!(inside in stream);
    let value = inside.parse()?;
    if inside.is_empty() { Ok(value) } else { Err(inside.error("expected one value")) }
}

pub(super) fn no_forgotten_at(stream: ParseStream<'_>) -> syn::Result<()> {
    let ahead = stream.fork();
    let Ok(word) = ahead.call(Ident::parse_any) else { return Ok(()) };
    let is_control = CONTROL.iter().any(|control| word == control);
    if !is_control {
        return Ok(());
    }
    Err(stream.error(Message::new(format_args!("found the word `{word}`")).help(format_args!("write `@{word}`"))))
}
