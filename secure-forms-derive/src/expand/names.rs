//! The names of a form's fields as constants, in a struct of their own, so that nothing is added to the names of the form.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::form::checked::{Head, Named};

// expands to:  pub struct FieldsOfLogin { pub username: FieldName<Login, String>, … }
//              impl FieldNames for Login { const NAMES: FieldsOfLogin = FieldsOfLogin { username: FieldName::new(0, "username"), … }; … }
pub(super) fn names<'f>(
    head: &Head,
    fields: impl Iterator<Item = &'f Named>,
    declared: &impl ToTokens,
    generics: &impl ToTokens,
) -> TokenStream {
    let (p, ident, names) = (head.root.private(), &head.ident, &head.names);
    let (mut members, mut made) = (TokenStream::new(), TokenStream::new());
    for (at, Named { ident: field, ty, wire, label }) in fields.enumerate() {
        let label = format!("The name of the field “{label}”.");
        members.extend(quote!(#[doc = #label] pub #field: #p::FieldName<#ident #generics, #ty>,));
        made.extend(quote!(#field: #p::FieldName::new(#at, #wire),));
    }
    quote! {
        #[doc = "The names of the form's fields."]
        #[allow(dead_code, non_snake_case, private_interfaces)]
        pub struct #names #declared { #members }
        #[automatically_derived]
        impl #declared #p::FieldNames for #ident #generics {
            type Names = #names #generics;
            const NAMES: Self::Names = #names { #made };
        }
    }
}
