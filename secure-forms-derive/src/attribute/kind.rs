//! The keys that name a kind of text (`ip`, `url`, `slug`, …), the values that a text may have, and the steps of a number.

use proc_macro2::Ident;
use secure_forms_core::value::step::Decimal;
use syn::meta::ParseNestedMeta;
use syn::parse::ParseStream;
use syn::{Lit, LitStr, Token, token};

use super::rule::{arguments, options};
use crate::diagnostic::Errors;
use crate::model::form::{Constraint, Field, Rule};

/// `slug`, `ip(v4)`, `uuid(v7, message = "…")`.
pub(super) fn kind(field: &mut Field, key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let (mut version, mut message) = (None, None);
    if meta.input.peek(token::Paren) {
        let content = arguments(meta, &key.to_string())?;
        if content.peek(syn::Ident) && !content.peek2(Token![=]) {
            version = Some(content.parse()?);
        }
        message = options(&content, &key.to_string(), &[], errors, |_, _| Ok(()))?;
    }
    field.rules.push(Rule { key: key.clone(), constraint: Constraint::Kind(version), message });
    Ok(())
}

/// `step(0.05)`.
pub(super) fn step(field: &mut Field, key: &Ident, meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
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
    field.rules.push(Rule { key: key.clone(), constraint: Constraint::Step(step), message });
    Ok(())
}

/// `one_of("low", "high")`, `none_of("admin", message = "…")`.
pub(super) fn listed(
    field: &mut Field,
    key: &Ident,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    let example = format!("{key}(\"low\", \"high\")");
    let content = arguments(meta, &example)?;
    let values = texts(&content)?;
    if values.is_empty() {
        return Err(syn::Error::new(key.span(), format!("`{key}` without values\nhelp: write `{example}`")));
    }
    let message = options(&content, &key.to_string(), &[], errors, |_, _| Ok(()))?;
    let constraint = if key == "one_of" { Constraint::OneOf(values) } else { Constraint::NoneOf(values) };
    field.rules.push(Rule { key: key.clone(), constraint, message });
    Ok(())
}

fn texts(content: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let mut texts = Vec::new();
    while content.peek(LitStr) {
        texts.push(content.parse()?);
        content.parse::<Option<Token![,]>>()?;
    }
    Ok(texts)
}
