//! `csp!`: expansion. A policy that was evaluated enters, a constant with its two texts leaves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::path::Root;
use crate::model::csp::Checked;

// expands to:  const { ROOT::evaluated_policy("script-src 'self'", "script-src 'self' 'nonce-{nonce}'", &["missing_base_uri"]) }
pub(crate) fn expand(policy: &Checked) -> TokenStream {
    let private = policy.root.private();
    let Checked { without_nonce, with_nonce, accepted, .. } = policy;
    quote! {
        const { #private::evaluated_policy(#without_nonce, #with_nonce, &[#(#accepted),*]) }
    }
}

/// A value of the right type, beside messages, so that nothing else is reported.
pub(crate) fn stub(root: &Root) -> TokenStream {
    let private = root.private();
    quote!(const { #private::evaluated_policy("", "", &[]) })
}
