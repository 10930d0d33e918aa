//! `csp!`: expansion. A policy that was evaluated enters, a constant with its two texts leaves.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::csp::PolicyModel;

// expands to:  const { ROOT::evaluated_policy("script-src 'self'", "script-src 'self' 'nonce-{nonce}'", &["missing_base_uri"]) }
pub(crate) fn expand(model: &PolicyModel) -> TokenStream {
    let private = model.root.private();
    let policy = model.policy();
    let (without_nonce, with_nonce) = (policy.without_nonce().to_string(), policy.to_string());
    let accepted = model.exceptions.iter().map(|exception| &exception.name);
    quote! {
        const { #private::evaluated_policy(#without_nonce, #with_nonce, &[#(#accepted),*]) }
    }
}
