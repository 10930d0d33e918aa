//! `asset!` and `remote_asset!`: expansion. A file that was read enters, a constant with its URL, hash, type and bytes leaves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::path::Root;
use crate::model::asset::{CheckedLocal, CheckedRemote, Kind};

// expands to:  const { ROOT::local_asset::<ROOT::Script>("/assets/app.0123.js", "sha384-…", "text/javascript", ROOT::include_bytes!("/…/app.js")) }
pub(crate) fn local(asset: &CheckedLocal) -> TokenStream {
    let private = asset.root.private();
    let kind = kind(&private, asset.kind);
    let CheckedLocal { url, integrity, content_type, file, .. } = asset;
    // The compiler reads the file too, and so compiles again when it changes.
    quote!(const { #private::local_asset::<#kind>(#url, #integrity, #content_type, #private::include_bytes!(#file)) })
}

// expands to:  const { ROOT::remote_asset_of::<ROOT::Script>("https://…", "sha384-…") }
pub(crate) fn remote(asset: &CheckedRemote) -> TokenStream {
    let private = asset.root.private();
    let kind = kind(&private, asset.kind);
    let CheckedRemote { url, integrity, .. } = asset;
    quote!(const { #private::remote_asset_of::<#kind>(#url, #integrity) })
}

/// A value of any type, beside messages, so that nothing else is reported.
// expands to:  ROOT::unreachable!()
pub(crate) fn stub(root: &Root) -> TokenStream {
    let private = root.private();
    quote!(#private::unreachable!())
}

fn kind(private: &TokenStream, kind: Kind) -> TokenStream {
    match kind {
        Kind::Script => quote!(#private::Script),
        Kind::Module => quote!(#private::Module),
        Kind::Stylesheet => quote!(#private::Stylesheet),
        Kind::Other => quote!(#private::StaticFile),
    }
}
