//! `derive(Readable)`: expansion.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse_quote;
use syn::spanned::Spanned;

use crate::model::readable::Readable;

/// Expands to an impl that names the impl of each field, so that a field without one is reported at its type:
/// ```text
/// impl<T: Readable> Readable for Theme<T> {
///     const READABLE: () = {
///         let () = <bool as Readable>::READABLE;
///         let () = <Option<T> as Readable>::READABLE;
///     };
/// }
/// ```
pub(crate) fn expand(readable: &Readable) -> TokenStream {
    let Readable { root, name, generics, fields } = readable;
    let mut generics = generics.clone();
    let private = root.private();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#private::Readable));
    }
    let (impl_generics, type_generics, conditions) = generics.split_for_impl();
    let fields = fields.iter().map(|ty| quote_spanned!(ty.span()=> let () = <#ty as #private::Readable>::READABLE;));
    quote! {
        const _: () = {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #private::Readable for #name #type_generics #conditions {
                const READABLE: () = { #(#fields)* };
            }
        };
    }
}
