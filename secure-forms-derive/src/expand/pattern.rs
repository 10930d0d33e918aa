//! A compiled pattern as a constant expression. The tables are byte strings: they compile faster than arrays of numbers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use secure_forms_core::pattern::{Compiled, Next, Pattern, Table};

use super::path::Root;

// expands to:  …::pattern::Pattern::Table(…::pattern::Table { classes: b"…", next: …::pattern::Next::Wide(b"…"), … })
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
    let classes = Literal::byte_string(table.classes);
    let next = match table.next {
        Next::Narrow { states, stride } => {
            let states = Literal::byte_string(states);
            quote!(#pattern::Next::Narrow { states: #states, stride: #stride })
        }
        Next::Wide(places) => {
            let places = Literal::byte_string(places);
            quote!(#pattern::Next::Wide(#places))
        }
    };
    let Table { start, accept_from, accept_to, .. } = *table;
    quote! {
        #pattern::Table {
            classes: #classes, next: #next, start: #start, accept_from: #accept_from, accept_to: #accept_to,
        }
    }
}
