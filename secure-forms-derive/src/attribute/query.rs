//! The tokens of `query!` and `query_as!` → [`Query`].

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, Type};

use crate::diagnostic::{Errors, Message};
use crate::model::query::{Asserted, Query};

/// Which macro was called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// `query!`
    Local,
    /// `query_as!`
    Named,
}

/// Reads `[Type,] [all_rows,] [unchecked(…),] "text" "more text"`.
pub(crate) fn read(input: TokenStream, rows: Rows, errors: &mut Errors) -> Option<Query> {
    let mut query = Query { literals: vec![], text: String::new(), all_rows: None, unchecked: None, row: None };
    let parse = |stream: ParseStream<'_>| {
        if rows == Rows::Named {
            query.row = Some(stream.parse()?);
            stream.parse::<Token![,]>()?;
        }
        options(stream, &mut query)?;
        literals(stream, &mut query)?;
        Ok(query)
    };
    let example = match rows {
        Rows::Local => "query!(\"SELECT id FROM users WHERE username = {name}\")",
        Rows::Named => "query_as!(User, \"SELECT id FROM users WHERE username = {name}\")",
    };
    parse.parse2(input).map_err(|error| errors.syntax(Err(error), example)).ok()
}

fn options(stream: ParseStream<'_>, query: &mut Query) -> syn::Result<()> {
    while stream.peek(Ident::peek_any) && (stream.peek2(Token![,]) || stream.peek2(syn::token::Paren)) {
        let word: Ident = stream.call(Ident::parse_any)?;
        if word == "all_rows" && stream.peek(Token![,]) && query.all_rows.is_none() {
            query.all_rows = Some(word.span());
        } else if word == "unchecked" && stream.peek(syn::token::Paren) && query.unchecked.is_none() {
            let columns;
            syn::parenthesized!(columns in stream);
            let columns = Punctuated::<Asserted, Token![,]>::parse_terminated_with(&columns, asserted)?;
            query.unchecked = Some(columns.into_iter().collect());
        } else if word == "all_rows" || word == "unchecked" {
            return Err(error(&word, Message::new(format!("`{word}` stands here wrongly or twice")).help(OPTIONS)));
        } else {
            return Err(not_a_literal(&word));
        }
        stream.parse::<Token![,]>()?;
    }
    Ok(())
}

const OPTIONS: &str = "write `query!(all_rows, \"…\")` or `query!(unchecked(id: i64, name: Option<String>), \"…\")`";

fn asserted(stream: ParseStream<'_>) -> syn::Result<Asserted> {
    let name = stream.call(Ident::parse_any)?;
    stream.parse::<Token![:]>()?;
    let ty: Type = stream.parse()?;
    Ok(Asserted { name, ty })
}

fn literals(stream: ParseStream<'_>, query: &mut Query) -> syn::Result<()> {
    while stream.peek(LitStr) {
        let literal: LitStr = stream.parse()?;
        if !literal.suffix().is_empty() {
            return Err(error(&literal, Message::new("a suffix has no meaning here").help("remove it")));
        }
        if !query.literals.is_empty() {
            // Words of two literals never grow together.
            query.text.push('\n');
        }
        query.literals.push((literal.clone(), query.text.len()));
        query.text.push_str(&literal.value());
    }
    let rest: TokenStream = stream.parse()?;
    if query.literals.is_empty() {
        return Err(not_a_literal(&rest));
    }
    let rest: Vec<_> = rest.into_iter().collect();
    match rest.as_slice() {
        [] => Ok(()),
        // A comma at the end harms nobody.
        [proc_macro2::TokenTree::Punct(comma)] if comma.as_char() == ',' => Ok(()),
        [first, others @ ..] => {
            let at: TokenStream =
                if others.is_empty() { first.clone().into() } else { others.iter().cloned().collect() };
            let message = Message::new("values do not stand behind the text");
            Err(error(&at, message.help("name each value where it is used: `WHERE username = {name}`")))
        }
    }
}

fn not_a_literal(tokens: &impl quote::ToTokens) -> syn::Error {
    let text = tokens.to_token_stream();
    let formats = text.to_string().starts_with("format");
    let what =
        if formats { "SQL made by `format!` is open to injection" } else { "the SQL of a query is a string literal" };
    let message = Message::new(what)
        .help("write the text here and name each value in braces: `query!(\"SELECT id FROM users WHERE username = {name}\")`")
        .note("text that is put together at run time is how SQL injection (CWE-89) happens; values in braces are bound");
    if text.is_empty() { syn::Error::new(proc_macro2::Span::call_site(), message) } else { error(&text, message) }
}

fn error(at: &impl quote::ToTokens, message: Message) -> syn::Error {
    syn::Error::new_spanned(at, message)
}
