//! `#[derive(Readable)]` and `#[readable(crate = …)]`: syntax → model.

use syn::{Data, DeriveInput, Fields, Type};

use super::key::{self, Carrier, Keys};
use super::key_table::{CrateKey, Key};
use crate::diagnostic::{Errors, Message};
use crate::model::readable::Readable;
use crate::model::root::Root;

pub(crate) fn read(input: DeriveInput, errors: &mut Errors) -> Readable {
    let mut root = Root::default();
    let carrier = Carrier {
        name: "a `Readable` type",
        fitting: CrateKey::ALL,
        example: "#[readable(crate = ::forms)]",
        elsewhere: key::nowhere,
    };
    Keys::of(carrier).read(&input.attrs, "readable", errors, |key, _, meta, errors| {
        root = key::root(key, meta, errors)?;
        Ok(())
    });
    Readable { root, fields: field_types(input.data, errors), name: input.ident, generics: input.generics }
}

fn field_types(data: Data, errors: &mut Errors) -> Vec<Type> {
    let types = |fields: Fields| fields.into_iter().map(|field| field.ty);
    match data {
        Data::Struct(data) => types(data.fields).collect(),
        Data::Enum(data) => data.variants.into_iter().flat_map(|variant| types(variant.fields)).collect(),
        Data::Union(data) => {
            errors.at(
                data.union_token,
                Message::new("a union cannot be `Readable`")
                    .help("use a struct or an enum")
                    .note("which field of a union is filled is unknown, so none of them can be vouched for"),
            );
            Vec::new()
        }
    }
}
