//! A rule of a field as a constant expression.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use secure_forms_core::value::format::TextFormat;
use secure_forms_core::value::ip;
use secure_forms_core::value::step::Decimal;

use super::path::Root;
use super::pattern;
use crate::model::form::Number;
use crate::model::form::checked::{Constraint, EmailLevel, Rule, Unit};

// expands to:  Rule { constraint: Constraint::Length(Length { min: 3, max: 32, unit: Unit::Utf16 }), message: None }
pub(crate) fn tokens(root: &Root, rule: &Rule) -> TokenStream {
    let p = root.private();
    let constraint = match &rule.constraint {
        Constraint::Length { min, max, unit } => {
            let (min, max) = (count(*min, quote!(0)), count(*max, quote!(#p::usize::MAX)));
            let unit = match unit {
                Unit::Utf16 => quote!(Utf16),
                Unit::Chars => quote!(Chars),
                Unit::Bytes => quote!(Bytes),
                Unit::Graphemes => quote!(Graphemes),
            };
            quote!(Length(#p::Length { min: #min, max: #max, unit: #p::Unit::#unit }))
        }
        Constraint::Pattern(engine) => {
            let table = pattern::tokens(root, engine);
            let html = match pattern::html(engine).and_then(pattern::without_anchors) {
                Some(html) => quote!(#p::Option::Some(#html)),
                None => quote!(#p::Option::None),
            };
            quote!(Pattern(&#table, #html))
        }
        Constraint::Email(level) => {
            let level = match level {
                EmailLevel::Html => quote!(Html),
                EmailLevel::Strict => quote!(Strict),
                EmailLevel::Rfc => quote!(Rfc),
            };
            quote!(Email(#p::EmailLevel::#level))
        }
        Constraint::Format(format) => {
            let format = self::format(&p, *format);
            quote!(Format(#p::TextFormat::#format))
        }
        Constraint::OneOf(values) => quote!(OneOf(&[#(#values),*])),
        Constraint::NoneOf(values) => quote!(NoneOf(&[#(#values),*])),
        Constraint::Step { step, base } => {
            let (step, base) = (decimal(&p, *step), decimal(&p, *base));
            quote!(Step(#p::Step { step: #step, base: #base }))
        }
        Constraint::Range { min, max } => {
            let (min, max) = (number(&p, *min), number(&p, *max));
            quote!(Range(#p::Range { min: #min, max: #max }))
        }
    };
    let message = match &rule.message {
        Some(message) => quote!(#p::Option::Some(#message)),
        None => quote!(#p::Option::None),
    };
    quote!(#p::Rule { constraint: #p::Constraint::#constraint, message: #message })
}

// expands to:  Ip(IpVersion::V4)
fn format(p: &TokenStream, format: TextFormat) -> TokenStream {
    match format {
        TextFormat::Color => quote!(Color),
        TextFormat::Date => quote!(Date),
        TextFormat::Hostname => quote!(Hostname),
        TextFormat::Ip(ip::Version::V4) => quote!(Ip(#p::IpVersion::V4)),
        TextFormat::Ip(ip::Version::V6) => quote!(Ip(#p::IpVersion::V6)),
        TextFormat::Ip(ip::Version::Any) => quote!(Ip(#p::IpVersion::Any)),
        TextFormat::Mac => quote!(Mac),
        TextFormat::Slug => quote!(Slug),
        TextFormat::Time => quote!(Time),
        TextFormat::Url => quote!(Url),
        TextFormat::PublicUrl => quote!(PublicUrl),
        TextFormat::Uuid(Some(version)) => quote!(Uuid(#p::Option::Some(#version))),
        TextFormat::Uuid(None) => quote!(Uuid(#p::Option::None)),
    }
}

fn decimal(p: &TokenStream, decimal: Decimal) -> TokenStream {
    let (digits, scale) = decimal.parts();
    quote!(#p::Decimal::new(#digits, #scale))
}

fn count(limit: Option<u128>, open: TokenStream) -> TokenStream {
    limit.map_or(open, |limit| Literal::u128_unsuffixed(limit).into_token_stream())
}

fn number(p: &TokenStream, limit: Option<Number>) -> TokenStream {
    match limit {
        None => quote!(#p::Option::None),
        Some(Number::Integer(value)) => {
            let value = Literal::i128_unsuffixed(value);
            quote!(#p::Option::Some(#p::Number::Integer(#value)))
        }
        Some(Number::Float(value)) => quote!(#p::Option::Some(#p::Number::Float(#value))),
    }
}
