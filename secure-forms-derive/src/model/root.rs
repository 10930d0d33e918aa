//! The only paths that an expansion may name: the runtime's hidden module, under whatever name the user gave the crate.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Where the runtime crate is: `::secure_forms`, the user's `crate = ::other::name`, or `$crate` from a macro of the runtime.
#[derive(Clone)]
pub(crate) struct Root(TokenStream);

impl Root {
    /// A place that the user or the runtime named.
    pub(crate) fn at(path: impl ToTokens) -> Self {
        Self(path.into_token_stream())
    }

    /// `ROOT::__private_0_1`: all that generated code names hangs below it.
    pub(crate) fn private(&self) -> TokenStream {
        let root = &self.0;
        quote!(#root::__private_0_1)
    }
}

impl Default for Root {
    fn default() -> Self {
        Self(quote!(::secure_forms))
    }
}
