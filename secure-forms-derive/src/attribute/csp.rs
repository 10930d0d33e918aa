//! `csp!`: syntax. `name word…;` for each directive, `allow(name, …);` and `dangerously_allow_name("reason");` for what is taken on.
//!
//! Rust cannot lex `'self'`, so keywords are bare words; hosts are string literals; `nonce` stands for each response's own.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use secure_forms_core::csp::NONCE;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{LitStr, Token, parenthesized};

use crate::attribute::rooted;
use crate::diagnostic::{Errors, Message};
use crate::model::csp::{DirectiveModel, Exception, Strength, Word, Written};

const DANGEROUS: &str = "dangerously_allow_";

/// Reads the whole policy; a statement that cannot be read is reported and skipped.
pub(crate) fn read(input: TokenStream, errors: &mut Errors) -> Option<Written> {
    let (root, tokens) = errors.keep(rooted(input))?;
    let mut model = Written { root, directives: Vec::new(), exceptions: Vec::new() };
    let parse = |stream: ParseStream<'_>| {
        while !stream.is_empty() {
            if stream.parse::<Option<Token![;]>>()?.is_some() {
                continue;
            }
            if let Err(error) = statement(stream, &mut model, errors) {
                errors.take(error);
                skip(stream);
            }
        }
        Ok(())
    };
    let parsed = parse.parse2(tokens);
    errors.keep(parsed).map(|()| model)
}

fn statement(stream: ParseStream<'_>, model: &mut Written, errors: &mut Errors) -> syn::Result<()> {
    let ahead = stream.fork();
    let is_exception = ahead.call(Ident::parse_any).is_ok() && ahead.peek(syn::token::Paren);
    if is_exception {
        return exception(stream, model, errors);
    }
    let name = bare(stream).map_err(|error| {
        syn::Error::new(error.span(), "expected the name of a directive\nhelp: write `script-src self;`")
    })?;
    let mut values = Vec::new();
    while !stream.is_empty() && !stream.peek(Token![;]) {
        values.push(value(stream, &name.text)?);
    }
    model.directives.push(DirectiveModel { name, values });
    Ok(())
}

fn exception(stream: ParseStream<'_>, model: &mut Written, errors: &mut Errors) -> syn::Result<()> {
    let word = stream.call(Ident::parse_any)?;
    let inside;
    parenthesized!(inside in stream);
    if word == "allow" {
        let names = Punctuated::<Ident, Token![,]>::parse_terminated_with(&inside, Ident::parse_any)?;
        let exception =
            |tokens: Ident| Exception { name: tokens.to_string(), tokens, strength: Strength::Acknowledges };
        model.exceptions.extend(names.into_iter().map(exception));
        return Ok(());
    }
    let text = word.to_string();
    let Some(name) = text.strip_prefix(DANGEROUS) else {
        inside.parse::<TokenStream>()?;
        let message = Message::new(format!("unknown statement `{word}(…)`"));
        errors.at(
            word,
            message.help("write `allow(missing_form_action)` or `dangerously_allow_script_unsafe_inline(\"reason\")`"),
        );
        return Ok(());
    };
    match inside.parse::<LitStr>() {
        Ok(reason) if !reason.value().trim().is_empty() && inside.is_empty() => {
            model.exceptions.push(Exception { name: name.to_owned(), tokens: word, strength: Strength::Dangerous });
        }
        _ => {
            inside.parse::<TokenStream>()?;
            let message = Message::new(format!("`{word}` needs a reason"));
            errors.at(&word, message.help(format!("write `{word}(\"why this cannot be avoided\")`")));
        }
    }
    Ok(())
}

/// One value: a bare word, a scheme, `*`, or a string literal.
fn value(stream: ParseStream<'_>, directive: &str) -> syn::Result<Word> {
    if let Some(star) = stream.parse::<Option<Token![*]>>()? {
        if stream.peek(Token![.]) {
            return Err(quoted_host(&star));
        }
        return Ok(Word { text: "*".to_owned(), tokens: star.into_token_stream() });
    }
    if stream.peek(LitStr) {
        let literal: LitStr = stream.parse()?;
        return literal_value(&literal);
    }
    if stream.peek(syn::Lifetime) {
        let lifetime: syn::Lifetime = stream.parse()?;
        let message = format!("a keyword is a bare word\nhelp: write `{}`", lifetime.ident);
        return Err(syn::Error::new_spanned(lifetime, message));
    }
    let word = bare(stream).map_err(|error| {
        let help = "write a bare word such as `self`, or a host in quotes: `\"https://cdn.example.org\"`";
        syn::Error::new(error.span(), Message::new("expected a source").help(help))
    })?;
    if let Some(colon) = stream.parse::<Option<Token![:]>>()? {
        let tokens = &word.tokens;
        if stream.peek(Token![/]) {
            return Err(quoted_host(tokens));
        }
        return Ok(Word { text: format!("{}:", word.text), tokens: quote!(#tokens #colon) });
    }
    if stream.peek(Token![.]) || stream.peek(Token![/]) {
        return Err(quoted_host(&word.tokens));
    }
    Ok(Word { text: spelled(directive, &word.text), tokens: word.tokens })
}

fn quoted_host(tokens: &impl ToTokens) -> syn::Error {
    syn::Error::new_spanned(tokens, "a host is a string literal\nhelp: write `\"https://cdn.example.org\"`")
}

/// A literal is one source: what it holds cannot begin another.
fn literal_value(literal: &LitStr) -> syn::Result<Word> {
    let text = literal.value();
    let problem = match text.bytes().find(|byte| byte.is_ascii_whitespace() || *byte == b';') {
        _ if text.is_empty() => "an empty source",
        Some(b';') => "`;` would end the directive",
        Some(_) => "a blank would end the source",
        None => return Ok(Word { text, tokens: literal.into_token_stream() }),
    };
    let message =
        format!("{problem}\nhelp: write one literal for each source, and percent-encode the characters of a path");
    Err(syn::Error::new_spanned(literal, message))
}

/// `unsafe-inline`: identifiers joined by hyphens.
fn bare(stream: ParseStream<'_>) -> syn::Result<Word> {
    let first = stream.call(Ident::parse_any)?;
    let (mut text, mut tokens) = (first.unraw().to_string(), first.into_token_stream());
    while let Some(hyphen) = stream.parse::<Option<Token![-]>>()? {
        let next = stream.call(Ident::parse_any)?;
        text = format!("{text}-{}", next.unraw());
        tokens.extend(quote!(#hyphen #next));
    }
    Ok(Word { text, tokens })
}

/// How a bare word is spelled in the header: keywords in quotes, names and flags as they are.
fn spelled(directive: &str, word: &str) -> String {
    let is_plain = match directive {
        "sandbox" | "report-to" | "report-uri" | "plugin-types" | "referrer" | "reflected-xss" | "require-sri-for" => {
            true
        }
        "trusted-types" => !matches!(word, "none" | "allow-duplicates"),
        _ => false,
    };
    match word {
        // The name of a directive among the values of another: a semicolon was forgotten.
        _ if is_plain || secure_forms_core::csp::is_directive(word) => word.to_owned(),
        "nonce" => NONCE.to_owned(),
        _ => format!("'{word}'"),
    }
}

/// Goes on after the next semicolon.
fn skip(stream: ParseStream<'_>) {
    while !stream.is_empty() && !stream.peek(Token![;]) {
        let _ = stream.parse::<proc_macro2::TokenTree>();
    }
}
