//! `#[choice(…)]` on the variants of an enum becomes the model of a choice.

use syn::{Data, DeriveInput, Fields, LitStr, Path};

use super::field::skip_value;
use crate::diagnostic::{Errors, Message, list, nearest};
use crate::model::choice::{Choice, Variant};
use crate::model::root::Root;

const KEYS: [&str; 2] = ["value", "label"];

/// Reads the item; what cannot be read is in `errors`.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Option<Choice> {
    let Data::Enum(data) = &input.data else {
        let help = "a choice is an enum of plain variants: `enum Country { Austria, Norway }`";
        errors.at(&input.ident, Message::new("only an enum is a choice").help(help));
        return None;
    };
    if let Some(parameter) = input.generics.params.first() {
        errors.at(parameter, Message::new("a choice has no generic parameters").help("remove them"));
        return None;
    }
    let mut root = Root::default();
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("choice")) {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("crate") {
                root = Root::at(meta.value()?.parse::<Path>()?);
                return Ok(());
            }
            errors.at(
                &meta.path,
                Message::new("unknown key on a choice")
                    .help("an enum takes `crate = ::path`; `value` and `label` belong to its variants"),
            );
            skip_value(&meta)
        });
        errors.keep(read);
    }
    let variants = data.variants.iter().filter_map(|of| variant(of, errors)).collect();
    Some(Choice { root, ident: input.ident.clone(), variants })
}

fn variant(of: &syn::Variant, errors: &mut Errors) -> Option<Variant> {
    if !matches!(of.fields, Fields::Unit) {
        let message =
            Message::new(format_args!("the variant `{}` holds data, so no single text stands for it", of.ident));
        errors.at(&of.fields, message.help(format_args!("write `{}` alone", of.ident)));
        return None;
    }
    let words = words(&of.ident.to_string());
    let mut variant = Variant {
        ident: of.ident.clone(),
        value: words.join("-").to_lowercase(),
        value_span: of.ident.span(),
        label: sentence(&words),
    };
    for attribute in of.attrs.iter().filter(|attribute| attribute.path().is_ident("choice")) {
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("label") {
                variant.label = meta.value()?.parse::<LitStr>()?.value();
            } else if meta.path.is_ident("value") {
                let value: LitStr = meta.value()?.parse()?;
                variant.value_span = value.span();
                variant.value = value.value();
            } else {
                let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let help = match nearest(&word, KEYS) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("a variant takes {}", list(KEYS)),
                };
                errors.at(&meta.path, Message::new(format_args!("unknown key `{word}` on a variant")).help(help));
                skip_value(&meta)?;
            }
            Ok(())
        });
        errors.keep(read);
    }
    Some(variant)
}

/// `IvoryCoast` is `Ivory` and `Coast`.
fn words(ident: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for c in ident.trim_start_matches("r#").chars() {
        match words.last_mut() {
            Some(word) if !c.is_uppercase() => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    words
}

/// The first word keeps its capital, the others lose it: labels are sentences.
fn sentence(words: &[String]) -> String {
    let rest = words.iter().skip(1).map(|word| word.to_lowercase());
    words.first().cloned().into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}
