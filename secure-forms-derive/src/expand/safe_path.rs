//! `safe_path!`: expansion. A checked path enters, a constant `SafeRedirect` with its text leaves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::path::Root;
use crate::model::safe_path::Checked;

// expands to:  const { ROOT::literal_redirect("/home") }
pub(crate) fn expand(path: &Checked) -> TokenStream {
    redirect(&path.root, &path.path)
}

/// A value of the right type, beside messages, so that nothing else is reported.
pub(crate) fn stub(root: &Root) -> TokenStream {
    redirect(root, "/")
}

fn redirect(root: &Root, text: &str) -> TokenStream {
    let private = root.private();
    quote!(const { #private::literal_redirect(#text) })
}
