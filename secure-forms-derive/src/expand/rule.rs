//! A rule of a field as a constant expression.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::pattern;
use crate::model::form::{Form, Limit, LimitValue, Rule, Test};

// expands to:  Rule::new(Test::Length(Length { min: 3, max: 32, unit: Unit::Utf16 })).message("…")
pub(crate) fn tokens(form: &Form, rule: &Rule) -> TokenStream {
    let p = form.root.private();
    let test = match &rule.test {
        Test::Length { bounds, unit } => {
            let (min, max) =
                (count(bounds.min.as_ref(), quote!(0)), count(bounds.max.as_ref(), quote!(#p::usize::MAX)));
            let unit = match unit.as_ref().map(Ident::to_string).as_deref() {
                Some("chars") => quote!(Chars),
                Some("bytes") => quote!(Bytes),
                Some("graphemes") => quote!(Graphemes),
                _ => quote!(Utf16),
            };
            quote!(Length(#p::Length { min: #min, max: #max, unit: #p::Unit::#unit }))
        }
        Test::Pattern(pattern) => {
            let Some(compiled) = &pattern.compiled else { return TokenStream::new() };
            let table = pattern::tokens(&form.root, compiled);
            let html = match compiled.html() {
                Some(html) => quote!(#p::Option::Some(#html)),
                None => quote!(#p::Option::None),
            };
            quote!(Pattern(&#table, #html))
        }
        Test::Email(level) => {
            let level = match level.as_ref().map(Ident::to_string).as_deref() {
                Some("html") => quote!(Html),
                Some("rfc") => quote!(Rfc),
                _ => quote!(Strict),
            };
            quote!(Email(#p::EmailLevel::#level))
        }
        Test::Uuid => quote!(Syntax(#p::Syntax::Uuid(#p::Option::None))),
        Test::Range(bounds) => {
            let (min, max) = (number(form, bounds.min.as_ref()), number(form, bounds.max.as_ref()));
            quote!(Range(#p::Range { min: #min, max: #max }))
        }
    };
    let message = rule.message.as_ref().map(|message| quote!(.message(#message)));
    quote!(#p::Rule::new(#p::Test::#test)#message)
}

fn count(limit: Option<&Limit>, open: TokenStream) -> TokenStream {
    match limit.map(|limit| limit.value) {
        Some(LimitValue::Integer(value)) => Literal::i128_unsuffixed(value).into_token_stream(),
        Some(LimitValue::Float(_)) | None => open,
    }
}

fn number(form: &Form, limit: Option<&Limit>) -> TokenStream {
    let p = form.root.private();
    match limit.map(|limit| limit.value) {
        None => quote!(#p::Option::None),
        Some(LimitValue::Integer(value)) => {
            let value = Literal::i128_unsuffixed(value);
            quote!(#p::Option::Some(#p::Number::Integer(#value)))
        }
        Some(LimitValue::Float(value)) => quote!(#p::Option::Some(#p::Number::Float(#value))),
    }
}
