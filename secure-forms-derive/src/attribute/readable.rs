//! `#[derive(Readable)]` and `#[readable(crate = …)]`: syntax → model.

use syn::meta::ParseNestedMeta;
use syn::{Data, DeriveInput, Fields, Path, Type};

use crate::diagnostic::{Errors, Message};
use crate::model::readable::Readable;
use crate::model::root::Root;

pub(crate) fn read(input: DeriveInput, errors: &mut Errors) -> Readable {
    let mut root = None;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("readable")) {
        let parsed = attribute.parse_nested_meta(|key| read_key(&key, &mut root, errors));
        errors.keep(parsed);
    }
    Readable {
        root: root.map(Root::at).unwrap_or_default(),
        fields: field_types(input.data, errors),
        name: input.ident,
        generics: input.generics,
    }
}

fn read_key(key: &ParseNestedMeta<'_>, root: &mut Option<Path>, errors: &mut Errors) -> syn::Result<()> {
    if !key.path.is_ident("crate") {
        errors.at(
            &key.path,
            Message::new("unknown key in `readable(…)`").help("the only key is `crate`, as in `crate = ::forms`"),
        );
        // The value belongs to the key that was already reported.
        return if key.input.peek(syn::Token![=]) { key.value()?.parse::<syn::Expr>().map(drop) } else { Ok(()) };
    }
    let path = key.value()?.parse::<Path>()?;
    if path.leading_colon.is_none() {
        errors.at(
            &path,
            Message::new("the path of `crate` is relative")
                .help("begin it with `::`, as in `crate = ::forms`")
                .note("the generated code stands in a block of its own, where a relative path means something else"),
        );
    } else if root.replace(path).is_some() {
        errors.at(&key.path, "`crate` is given twice");
    }
    Ok(())
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
