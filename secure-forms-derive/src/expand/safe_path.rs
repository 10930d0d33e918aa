//! `safe_path!`: expansion. The normalised text enters, a constant `SafeRedirect` leaves.

use proc_macro2::TokenStream;
use quote::quote;

use super::path::Root;

// expands to:  const { ROOT::literal_redirect("/home") }
pub(crate) fn expand(root: &Root, text: Option<&str>) -> TokenStream {
    let private = root.private();
    // A text that was refused is reported; any other keeps the type.
    let text = text.unwrap_or("/");
    quote!(const { #private::literal_redirect(#text) })
}
