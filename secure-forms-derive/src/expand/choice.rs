//! `derive(Choice)`: the offered values as a const table, and the two ways between a variant and its value.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::choice::Choice;

// expands to:
//   impl Choice for Country { const OFFERS: &[Offer] = &[…]; fn from_value(value: &str) -> Option<Self> { … } … }
//   impl FieldValue<'_> for Country { const SHAPE: Shape = Shape::required(Input::Select).offering(OFFERS); … }
pub(crate) fn expand(choice: &Choice) -> TokenStream {
    let p = choice.root.private();
    let ident = &choice.ident;
    let variants: Vec<_> = choice.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<_> = choice.variants.iter().map(|variant| &variant.value).collect();
    let labels = choice.variants.iter().map(|variant| &variant.label);
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #p::Choice for #ident {
                const OFFERS: &'static [#p::Offer] = &[#(#p::Offer { value: #values, label: #labels }),*];
                fn from_value(value: &#p::str) -> #p::Option<Self> {
                    match value {
                        #(#values => #p::Option::Some(Self::#variants),)*
                        _ => #p::Option::None,
                    }
                }
                fn value(&self) -> &'static #p::str {
                    match self {
                        #(Self::#variants => #values,)*
                    }
                }
            }
            #[automatically_derived]
            impl<'form> #p::FieldValue<'form> for #ident {
                const SHAPE: #p::Shape =
                    #p::Shape::required(#p::Input::Select).offering(<Self as #p::Choice>::OFFERS);
                fn parse(text: &'form #p::str) -> #p::Result<Self, #p::ProblemKind> {
                    #p::choice(text)
                }
                fn to_text(&self) -> #p::Option<#p::Cow<'_, #p::str>> {
                    #p::Option::Some(#p::Cow::Borrowed(#p::Choice::value(self)))
                }
            }
        };
    }
}
