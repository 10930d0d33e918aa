//! A compiled pattern as a constant expression. The tables are byte strings: they compile faster than arrays of numbers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use secure_forms_core::pattern::{Alphabet, Compiled, Pattern, Table};

use super::path::Root;

// expands to:  …::Pattern::Table(…::Table { alphabet: …::Alphabet::Bytes(b"…"), next: b"…", start: 0u16, … })
pub(crate) fn tokens(root: &Root, compiled: &Compiled) -> TokenStream {
    let private = root.private();
    let pattern = quote!(#private::pattern);
    match compiled.pattern() {
        Pattern::Table(of) => {
            let table = table(&pattern, &of);
            quote!(#pattern::Pattern::Table(#table))
        }
        Pattern::ClassCount(of) => {
            let members = table(&pattern, &of.members);
            let (ascii, min, max) = (of.ascii, of.min, of.max);
            quote! {
                #pattern::Pattern::ClassCount(#pattern::ClassCount {
                    members: #members, ascii: #ascii, min: #min, max: #max,
                })
            }
        }
    }
}

fn table(pattern: &TokenStream, table: &Table<'_>) -> TokenStream {
    let alphabet = match table.alphabet {
        Alphabet::Bytes(classes) => {
            let classes = Literal::byte_string(classes);
            quote!(Bytes(#classes))
        }
        Alphabet::Chars(chars) => {
            let (low, ranges) = (Literal::byte_string(chars.low), Literal::byte_string(chars.ranges));
            quote!(Chars(#pattern::Chars { low: #low, ranges: #ranges }))
        }
    };
    let next = Literal::byte_string(table.next);
    let Table { start, accept_from, accept_to, .. } = *table;
    quote! {
        #pattern::Table {
            alphabet: #pattern::Alphabet::#alphabet,
            next: #next, start: #start, accept_from: #accept_from, accept_to: #accept_to,
        }
    }
}
