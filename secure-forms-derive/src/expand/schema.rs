//! `schema!` → `Schema::of::<M>()`, where the constants of `M` are the migration files; and what makes Cargo watch those files.

use proc_macro2::TokenStream;
use quote::quote;

use super::path::Root;
use crate::model::schema::{OVERRIDE, Project};

// expands to:  { struct M; impl Migrations for M { const FILES = &[("0001_first.sql", include_str!("…"))]; const HASH = 1; } Schema::of::<M>() }
pub(crate) fn expand(project: &Project, root: &Root) -> TokenStream {
    let private = root.private();
    let sql = quote!(#private::sql);
    let hash = project.hash;
    let files = project.migrations.iter().map(|migration| {
        let (name, path) = (&migration.name, migration.path.to_string_lossy());
        quote!((#name, #private::include_str!(#path)))
    });
    let tracked = tracked(project, root);
    quote! {{
        #tracked
        struct SecureFormsSchema;
        impl #sql::Migrations for SecureFormsSchema {
            const FILES: &'static [(&'static #private::str, &'static #private::str)] = &[#(#files),*];
            const HASH: u64 = #hash;
        }
        #sql::Schema::of::<SecureFormsSchema>()
    }}
}

/// Constants that nobody uses, so that a change of these files compiles the crate again.
pub(crate) fn tracked(project: &Project, root: &Root) -> TokenStream {
    let private = root.private();
    let files = project.migrations.iter().map(|migration| &migration.path).chain([&project.manifest]);
    let files = files.map(|path| path.to_string_lossy().into_owned());
    quote! {
        const _: &[&[#private::u8]] = &[#(#private::include_bytes!(#files)),*];
        const _: #private::Option<&#private::str> = #private::option_env!(#OVERRIDE);
    }
}
