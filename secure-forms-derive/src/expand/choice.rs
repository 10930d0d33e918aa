//! `derive(Choice)`: the offered values as a const table, and the two ways between a variant and its value.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::expand::path::Root;
use crate::model::choice::{Checked, Stub};

// expands to:
//   impl Choice for Country { const OPTIONS: &[ChoiceOption] = &[…]; fn from_value(value: &str) -> Option<Self> { … } … }
//   impl FieldValue<'_> for Country { const KIND: FieldKind = FieldKind::required(Input::Select).with_options(OPTIONS); … }
//   impl QueryValue for Country { … }  impl PathSegment for Country { … }
pub(crate) fn expand(choice: &Checked) -> TokenStream {
    let p = choice.root.private();
    let variants: Vec<_> = choice.variants.iter().map(|variant| &variant.ident).collect();
    let values: Vec<_> = choice.variants.iter().map(|variant| &variant.value).collect();
    let labels = choice.variants.iter().map(|variant| &variant.label);
    let table = Table {
        options: quote!(#(#p::ChoiceOption { value: #values, label: #labels }),*),
        from_value: quote! {
            match value {
                #(#values => #p::Option::Some(Self::#variants),)*
                _ => #p::Option::None,
            }
        },
        value: quote!(match self { #(Self::#variants => #values,)* }),
    };
    let segment = choice.is_segment.then(|| segment(&choice.root, &choice.ident));
    impls(&choice.root, &choice.ident, &table, &segment)
}

/// What the rest of a program needs to type-check beside a choice that has mistakes: it offers nothing.
pub(crate) fn stub(choice: &Stub) -> TokenStream {
    let Stub { root, ident, generics } = choice;
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    let p = root.private();
    let table = Table {
        options: TokenStream::new(),
        from_value: quote!({ let _ = value; #p::Option::None }),
        value: quote!(""),
    };
    impls(root, ident, &table, &Some(segment(root, ident)))
}

/// What differs from choice to choice.
struct Table {
    options: TokenStream,
    from_value: TokenStream,
    value: TokenStream,
}

fn impls(root: &Root, ident: &Ident, table: &Table, segment: &Option<TokenStream>) -> TokenStream {
    let p = root.private();
    let Table { options, from_value, value } = table;
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #p::Choice for #ident {
                const OPTIONS: &'static [#p::ChoiceOption] = &[#options];
                fn from_value(value: &#p::str) -> #p::Option<Self> {
                    #from_value
                }
                fn value(&self) -> &'static #p::str {
                    #value
                }
            }
            #[automatically_derived]
            impl<'form> #p::FieldValue<'form> for #ident {
                type Text<'text> = #p::Cow<'text, #p::str>;
                const KIND: #p::FieldKind =
                    #p::FieldKind::required(#p::Input::Select).with_options(<Self as #p::Choice>::OPTIONS);
                fn parse(text: &'form #p::str) -> #p::Result<Self, #p::ProblemKind> {
                    #p::choice(text)
                }
                fn to_text(&self) -> #p::Cow<'_, #p::str> {
                    #p::Cow::Borrowed(#p::Choice::value(self))
                }
            }
            #[automatically_derived]
            impl #p::QueryValue for #ident {
                fn query_text(&self) -> #p::Cow<'_, #p::str> {
                    #p::Cow::Borrowed(#p::Choice::value(self))
                }
                fn from_query_text(text: &#p::str) -> #p::Option<Self> {
                    <Self as #p::Choice>::from_value(text)
                }
            }
            #segment
        };
    }
}

fn segment(root: &Root, ident: &Ident) -> TokenStream {
    let p = root.private();
    quote! {
        #[automatically_derived]
        impl #p::PathSegment for #ident {
            fn segment(&self) -> #p::Segment {
                #p::literal_segment(#p::Choice::value(self))
            }
            fn from_segment(segment: &#p::Segment) -> #p::Option<Self> {
                <Self as #p::Choice>::from_value(segment.as_str())
            }
        }
    }
}
