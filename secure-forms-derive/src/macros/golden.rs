//! What users compile: the expansion of every file in `tests/expansion/input`, printed, beside it in `tests/expansion`. A reviewer sees in the diff
//! what a change does to it. `SECURE_FORMS_BLESS=1 cargo test -p secure-forms-derive --features sqlite` writes them anew; read them before you commit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::Item;

use super::attribute::query::Rows;

/// The item without its `derive`, and the names of what derives it; or the macro that is called.
fn expanded(item: Item) -> TokenStream {
    let (attributes, tokens) = match &item {
        Item::Struct(item) => (&item.attrs, item.to_token_stream()),
        Item::Enum(item) => (&item.attrs, item.to_token_stream()),
        Item::Macro(call) => return called(&call.mac.path.to_token_stream().to_string(), call.mac.tokens.clone()),
        _ => panic!("an input is a struct, an enum or a macro call"),
    };
    let derives = attributes.iter().find(|attribute| attribute.path().is_ident("derive")).unwrap();
    match derives.parse_args::<syn::Ident>().unwrap().to_string().as_str() {
        "Form" => super::form(tokens),
        "Choice" => super::choice(tokens),
        "Routes" => super::routes(tokens),
        "Readable" => super::readable(tokens),
        other => panic!("no derive is called {other}"),
    }
}

fn called(name: &str, tokens: TokenStream) -> TokenStream {
    let project = || super::source::migrations::read(repository().join("tests/Cargo.toml")).map(std::sync::Arc::new);
    let value = match name {
        "query" => super::query(tokens, Rows::Local, project),
        "query_as" => super::query(tokens, Rows::Named, project),
        "csp" => super::csp(tokens),
        "asset" => super::asset(tokens),
        "html" => super::html(tokens),
        "safe_path" => super::safe_path(tokens),
        other => panic!("no macro is called {other}"),
    };
    quote!(fn expansion() { #value })
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn printed(input: &Path) -> String {
    let item = syn::parse_str::<Item>(&std::fs::read_to_string(input).unwrap()).unwrap();
    // Before it is printed: where a line breaks must not depend on where the repository stands.
    let text = expanded(item).to_string().replace(&repository().display().to_string(), "…");
    prettyplease::unparse(&syn::parse_str(&text).unwrap())
}

#[test]
fn the_expansions_are_those_that_were_read() {
    let goldens = repository().join("tests/expansion");
    let mut inputs: Vec<PathBuf> =
        std::fs::read_dir(goldens.join("input")).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(inputs.len() > 10, "{inputs:?}");
    for input in inputs {
        let (golden, printed) = (goldens.join(input.file_name().unwrap()), printed(&input));
        if std::env::var_os("SECURE_FORMS_BLESS").is_some() {
            std::fs::write(&golden, printed).unwrap();
        } else {
            let read = std::fs::read_to_string(&golden).unwrap_or_default();
            assert_eq!(printed, read, "{} differs", golden.display());
        }
    }
}
