//! The keys that narrow a value: `length`, `pattern`, `email`, `range`. Each reads its bounds or its literal, then
//! its options, of which `message` is common to all.

use proc_macro2::Ident;
use quote::ToTokens;
use secure_forms_pattern::{Options, PerlClasses, Scope};
use syn::meta::ParseNestedMeta;
use syn::parse::{ParseBuffer, ParseStream};
use syn::{Expr, ExprRange, Lit, LitStr, RangeLimits, Token, UnOp, token};

use crate::diagnostic::{Errors, Message, list};
use crate::model::form::Number;
use crate::model::form::written::{Bounds, Constraint, Limit, Rule};
use secure_forms_core::nearest::nearest;

/// `length(3..=32, unit = chars, message = "…")`; nothing where the limits are none.
pub(super) fn length(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<Rule>> {
    let content = arguments(meta, "length(3..=32)")?;
    let bounds = bounds(&content, "length", "3..=32", errors)?;
    let mut unit = None;
    let message = options(&content, "length", &["unit"], errors, |_, value| {
        unit = Some(value.parse::<Ident>()?);
        Ok(())
    })?;
    Ok(bounds.map(|bounds| Rule { key: key.clone(), constraint: Constraint::Length { bounds, unit }, message }))
}

/// `range(13..=150, message = "…")`; nothing where the limits are none.
pub(super) fn range(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<Rule>> {
    let content = arguments(meta, "range(1..=10)")?;
    let bounds = bounds(&content, "range", "1..=10", errors)?;
    let message = options(&content, "range", &[], errors, |_, _| Ok(()))?;
    Ok(bounds.map(|bounds| Rule { key: key.clone(), constraint: Constraint::Range(bounds), message }))
}

/// `pattern("[a-z]+", search, unicode, message = "…")`.
pub(super) fn pattern(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Rule> {
    let content = arguments(meta, "pattern(\"[a-z]+\")")?;
    let source: LitStr = content.parse().map_err(|error: syn::Error| {
        syn::Error::new(
            error.span(),
            "a pattern is text in quotes, so that it can be compiled now\nhelp: write `pattern(\"[a-z]+\")`",
        )
    })?;
    let mut settings = Options { scope: Scope::Whole, perl: PerlClasses::Ascii };
    let message = options(&content, "pattern", &["search", "unicode"], errors, |option, _| {
        if option == "search" {
            settings.scope = Scope::Search
        } else {
            settings.perl = PerlClasses::Unicode
        }
        Ok(())
    })?;
    Ok(Rule { key: key.clone(), constraint: Constraint::Pattern { source, options: settings }, message })
}

/// `email`, `email(html)`, `email(strict, message = "…")`.
pub(super) fn email(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Rule> {
    let (level, message) = word_and_options(key, meta, errors)?;
    Ok(Rule { key: key.clone(), constraint: Constraint::Email(level), message })
}

/// Nothing, or in parentheses one word and then options.
pub(super) fn word_and_options(
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<(Option<Ident>, Option<LitStr>)> {
    if !meta.input.peek(token::Paren) {
        return Ok((None, None));
    }
    let content = arguments(meta, &key.to_string())?;
    let has_word = content.peek(syn::Ident) && !content.peek2(Token![=]);
    let word = if has_word { Some(content.parse()?) } else { None };
    Ok((word, options(&content, &key.to_string(), &[], errors, |_, _| Ok(()))?))
}

pub(super) fn arguments<'p>(meta: &ParseNestedMeta<'p>, example: &str) -> syn::Result<ParseBuffer<'p>> {
    if !meta.input.peek(token::Paren) {
        return Err(meta.error(format!("expected parentheses\nhelp: write `{example}`")));
    }
    let content;
    syn::parenthesized!(content in meta.input);
    Ok(content)
}

/// What follows the first argument: `message = "…"`, and what else the rule takes.
pub(super) fn options(
    content: ParseStream<'_>,
    rule: &str,
    keys: &[&'static str],
    errors: &mut Errors,
    mut take: impl FnMut(&str, ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<Option<LitStr>> {
    let mut message = None;
    while !content.is_empty() {
        if content.peek(Token![,]) {
            content.parse::<Token![,]>()?;
            continue;
        }
        let key: Ident = content.parse()?;
        let has_value = content.peek(Token![=]);
        if has_value {
            content.parse::<Token![=]>()?;
        }
        match key.to_string().as_str() {
            "message" => {
                message = Some(content.parse().map_err(|error: syn::Error| {
                    let message = Message::new("expected text in quotes");
                    syn::Error::new(error.span(), message.help("write `message = \"What a person reads\"`"))
                })?);
            }
            name if keys.contains(&name) => take(name, content)?,
            name => {
                let allowed: Vec<&str> = keys.iter().copied().chain(["message"]).collect();
                let near = nearest(name, allowed.iter().copied());
                let near = near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
                let message = Message::new(format_args!("unknown option `{name}` of `{rule}`"));
                errors.at(&key, message.help(format_args!("{near}it takes {}", list(allowed.iter().copied()))));
                if has_value {
                    content.parse::<Expr>()?;
                }
            }
        }
    }
    Ok(message)
}

/// `a..=b`, `a..`, `..=b` or one number.
fn bounds(content: ParseStream<'_>, rule: &str, limits: &str, errors: &mut Errors) -> syn::Result<Option<Bounds>> {
    let example = format!("{rule}({limits})");
    let example = example.as_str();
    let whole: Expr = content.parse().map_err(|error| {
        syn::Error::new(error.span(), format!("expected a range of numbers\nhelp: write `{example}`"))
    })?;
    let tokens = whole.to_token_stream();
    let (start, end) = match whole {
        Expr::Range(ExprRange { start, limits, end, .. }) => {
            if let (RangeLimits::HalfOpen(dots), Some(end)) = (&limits, &end) {
                let start = start.as_ref().map(|start| start.to_token_stream().to_string()).unwrap_or_default();
                let end = end.to_token_stream();
                let message = Message::new("the end of a half-open range is easily read as allowed");
                errors.at(dots, message.help(format_args!("write `{rule}({start}..={end})` if {end} is allowed")));
            }
            (start, end)
        }
        one => (Some(Box::new(one.clone())), Some(Box::new(one))),
    };
    let min = start.map(|expr| limit(*expr, example, errors));
    let max = end.map(|expr| limit(*expr, example, errors));
    match (min, max) {
        (Some(None), _) | (_, Some(None)) => Ok(None),
        (None, None) => {
            errors.at(
                &tokens,
                Message::new("a range without limits allows everything").help(format_args!("write `{example}`")),
            );
            Ok(None)
        }
        (min, max) => Ok(Some(Bounds { min: min.flatten(), max: max.flatten(), tokens })),
    }
}

fn limit(expr: Expr, example: &str, errors: &mut Errors) -> Option<Limit> {
    let value = value_of(&expr);
    if value.is_none() {
        errors.at(&expr, Message::new("a limit is a number").help(format_args!("write `{example}`")));
    }
    value.map(|value| Limit { expr, value })
}

fn value_of(expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(digits) => digits.base10_parse().ok().map(Number::Integer),
            Lit::Float(digits) => digits.base10_parse().ok().map(Number::Float),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => match value_of(&unary.expr)? {
            Number::Integer(value) => Some(Number::Integer(-value)),
            Number::Float(value) => Some(Number::Float(-value)),
        },
        Expr::Group(group) => value_of(&group.expr),
        _ => None,
    }
}
