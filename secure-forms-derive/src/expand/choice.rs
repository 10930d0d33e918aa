//! `derive(choice)`: expansion.

use proc_macro2::TokenStream;

pub(crate) fn derive(_input: syn::DeriveInput) -> TokenStream {
    TokenStream::new()
}
