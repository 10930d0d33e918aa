//! `#[choice(…)]` on the variants of an enum becomes the model of a choice.

use syn::{Data, DeriveInput, Fields};

use super::key::{self, Carrier, Keys};
use super::key_table::{CrateKey, Key, VariantKey};
use crate::diagnostic::{Errors, Message};
use crate::model::choice::{Written, WrittenVariant};
use crate::model::root::Root;
use crate::model::words;

/// Reads the item; what cannot be read is in `errors`, and then the choice lacks it.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> Written {
    let mut choice = Written {
        root: Root::default(),
        ident: input.ident.clone(),
        generics: input.generics.clone(),
        variants: Vec::new(),
    };
    let carrier = Carrier {
        name: "a choice",
        fitting: CrateKey::ALL,
        example: "#[choice(crate = ::forms)]",
        elsewhere: |name| {
            let example = VariantKey::named(name)?.row().example;
            Some(format!("it belongs on a variant: `#[choice({example})]`"))
        },
    };
    Keys::of(carrier).read(&input.attrs, "choice", errors, |key, _, meta, errors| {
        choice.root = key::root(key, meta, errors)?;
        Ok(())
    });
    if let Some(parameter) = input.generics.params.first() {
        let help = "remove it: every choice of one type has the same values";
        errors.at(parameter, Message::new("a choice has no generic parameters").help(help));
    }
    match &input.data {
        Data::Enum(data) => choice.variants = data.variants.iter().filter_map(|of| variant(of, errors)).collect(),
        _ => {
            let help = "write a choice as an enum of plain variants: `enum Country { Austria, Norway }`";
            errors.at(&input.ident, Message::new("only an enum is a choice").help(help));
        }
    }
    choice
}

fn variant(of: &syn::Variant, errors: &mut Errors) -> Option<WrittenVariant> {
    if !matches!(of.fields, Fields::Unit) {
        let message =
            Message::new(format_args!("the variant `{}` holds data, so no single text stands for it", of.ident));
        errors.at(&of.fields, message.help(format_args!("write `{}` alone", of.ident)));
        return None;
    }
    let mut variant = WrittenVariant {
        ident: of.ident.clone(),
        value: words::kebab(&of.ident),
        value_span: of.ident.span(),
        label: words::sentence(&of.ident),
        label_span: None,
    };
    let carrier = Carrier {
        name: "a variant of a choice",
        fitting: VariantKey::ALL,
        example: "#[choice(value = \"at\", label = \"Austria\")]",
        elsewhere: |name| {
            let example = CrateKey::named(name)?.row().example;
            Some(format!("it belongs on the enum: `#[choice({example})]`"))
        },
    };
    Keys::of(carrier).read(&of.attrs, "choice", errors, |key, _, meta, _| {
        let text = key::text(key, meta)?;
        match key {
            VariantKey::Label => {
                variant.label_span = Some(text.span());
                variant.label = text.value();
            }
            VariantKey::Value => {
                variant.value_span = text.span();
                variant.value = text.value();
            }
        }
        Ok(())
    });
    Some(variant)
}
