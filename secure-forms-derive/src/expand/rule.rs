//! A rule of a field as a constant expression.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use secure_forms_core::value::step::Decimal;

use super::pattern;
use crate::model::form::{Constraint, Field, Form, Limit, LimitValue, Rule};

// expands to:  Rule { constraint: Constraint::Length(Length { min: 3, max: 32, unit: Unit::Utf16 }), message: None }
pub(crate) fn tokens(form: &Form, field: &Field, rule: &Rule) -> TokenStream {
    let p = form.root.private();
    let constraint = match &rule.constraint {
        Constraint::Length { bounds, unit } => {
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
        Constraint::Pattern(pattern) => {
            let Some(compiled) = &pattern.compiled else { return TokenStream::new() };
            let table = pattern::tokens(&form.root, compiled);
            let html = match pattern::html(compiled).and_then(pattern::without_anchors) {
                Some(html) => quote!(#p::Option::Some(#html)),
                None => quote!(#p::Option::None),
            };
            quote!(Pattern(&#table, #html))
        }
        Constraint::Email(level) => {
            let level = match level.as_ref().map(Ident::to_string).as_deref() {
                Some("html") => quote!(Html),
                Some("rfc") => quote!(Rfc),
                _ => quote!(Strict),
            };
            quote!(Email(#p::EmailLevel::#level))
        }
        Constraint::Kind(version) => kind(form, &rule.key, version.as_ref()),
        Constraint::OneOf(values) => quote!(OneOf(&[#(#values),*])),
        Constraint::NoneOf(values) => quote!(NoneOf(&[#(#values),*])),
        Constraint::Step(step) => {
            let (step, base) = (decimal(form, *step), decimal(form, field.least()));
            quote!(Step(#p::Step { step: #step, base: #base }))
        }
        Constraint::Range(bounds) => {
            let (min, max) = (number(form, bounds.min.as_ref()), number(form, bounds.max.as_ref()));
            quote!(Range(#p::Range { min: #min, max: #max }))
        }
    };
    let message = match &rule.message {
        Some(message) => quote!(#p::Option::Some(#message)),
        None => quote!(#p::Option::None),
    };
    quote!(#p::Rule { constraint: #p::Constraint::#constraint, message: #message })
}

// expands to:  Format(TextFormat::Ip(IpVersion::V4))
fn kind(form: &Form, key: &Ident, version: Option<&Ident>) -> TokenStream {
    let p = form.root.private();
    let version = version.map(Ident::to_string);
    let is_public = version.as_deref() == Some("public");
    let number = version.as_deref().and_then(|version| version.strip_prefix('v')?.parse::<u8>().ok());
    let syntax = match (key.to_string().as_str(), number) {
        ("color", _) => quote!(Color),
        ("date", _) => quote!(Date),
        ("hostname", _) => quote!(Hostname),
        ("ip", Some(4)) => quote!(Ip(#p::IpVersion::V4)),
        ("ip", Some(_)) => quote!(Ip(#p::IpVersion::V6)),
        ("ip", None) => quote!(Ip(#p::IpVersion::Any)),
        ("mac", _) => quote!(Mac),
        ("slug", _) => quote!(Slug),
        ("time", _) => quote!(Time),
        ("url", _) if is_public => quote!(PublicUrl),
        ("url", _) => quote!(Url),
        (_, Some(version)) => quote!(Uuid(#p::Option::Some(#version))),
        (_, None) => quote!(Uuid(#p::Option::None)),
    };
    quote!(Format(#p::TextFormat::#syntax))
}

fn decimal(form: &Form, decimal: Decimal) -> TokenStream {
    let p = form.root.private();
    let (digits, scale) = decimal.parts();
    quote!(#p::Decimal::new(#digits, #scale))
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
