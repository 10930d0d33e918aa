//! The keys that name a kind of text (`ip`, `url`, `slug`, …), the values that a text may have, and the steps of a number.

use proc_macro2::Ident;
use secure_forms_core::value::step::Decimal;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Lit, LitStr, Token};

use super::rule::{arguments, options, word_and_options};
use crate::diagnostic::Errors;
use crate::model::form::Format;
use crate::model::form::written::{Constraint, Rule};

/// `slug`, `ip(v4)`, `uuid(v7, message = "…")`.
pub(super) fn format(
    format: Format,
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<Rule> {
    let (version, message) = word_and_options(key, meta, errors)?;
    Ok(Rule { key: key.clone(), constraint: Constraint::Format(format, version), message })
}

/// `step(0.05)`.
pub(super) fn step(key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Rule> {
    let content = arguments(meta, "step(0.05)")?;
    let literal: Lit = content.parse()?;
    let digits = match &literal {
        Lit::Int(digits) => digits.base10_digits(),
        Lit::Float(digits) => digits.base10_digits(),
        _ => "",
    };
    let step = Decimal::parse(digits).ok().filter(|step| step.parts().0 > 0).ok_or_else(|| {
        syn::Error::new(literal.span(), "a step is a decimal number above zero\nhelp: write `step(0.05)`")
    })?;
    let message = options(&content, &key.to_string(), &[], errors, |_, _| Ok(()))?;
    Ok(Rule { key: key.clone(), constraint: Constraint::Step(step), message })
}

/// `one_of("low", "high")`, `none_of("admin", message = "…")`.
pub(super) fn listed(
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    constraint: fn(Vec<LitStr>) -> Constraint,
    errors: &mut Errors,
) -> syn::Result<Rule> {
    let example = format!("{key}(\"low\", \"high\")");
    let content = arguments(meta, &example)?;
    let values = texts(&content)?;
    if values.is_empty() {
        return Err(syn::Error::new(key.span(), format!("`{key}` without values\nhelp: write `{example}`")));
    }
    let message = options(&content, &key.to_string(), &[], errors, |_, _| Ok(()))?;
    Ok(Rule { key: key.clone(), constraint: constraint(values), message })
}

fn texts(content: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let mut texts = Vec::new();
    while content.peek(LitStr) {
        texts.push(content.parse()?);
        content.parse::<Option<Token![,]>>()?;
    }
    Ok(texts)
}
