//! The names of a form's fields as constants, in a struct of their own, so that nothing is added to the names of the form.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::model::form::{Field, Form};

// expands to:  pub struct FieldsOfLogin { pub username: FieldName<Login, String>, … }
//              impl FieldNames for Login { const NAMES: FieldsOfLogin = FieldsOfLogin { username: FieldName::new(0, "username"), … }; … }
pub(super) fn names(form: &Form, declared: &impl ToTokens, generics: &impl ToTokens) -> TokenStream {
    let (p, ident, names) = (form.root.private(), &form.ident, &form.names);
    let (idents, types): (Vec<_>, Vec<_>) = form.fields.iter().map(|field| (&field.ident, &field.ty)).unzip();
    let made = form
        .fields
        .iter()
        .enumerate()
        .map(|(at, Field { ident, wire, .. })| quote!(#ident: #p::FieldName::new(#at, #wire)));
    let labels = form.fields.iter().map(|field| format!("The name of the field “{}”.", field.label));
    quote! {
        #[doc = "The names of the form's fields."]
        #[allow(dead_code, non_snake_case, private_interfaces)]
        pub struct #names #declared { #(#[doc = #labels] pub #idents: #p::FieldName<#ident #generics, #types>,)* }
        #[automatically_derived]
        impl #declared #p::FieldNames for #ident #generics {
            type Names = #names #generics;
            const NAMES: Self::Names = #names { #(#made),* };
        }
    }
}
