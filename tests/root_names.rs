//! What the root of the crate has, against a list that is kept: names are few, and a new one is seen in review.
//! `SECURE_FORMS_BLESS=1` writes the list.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use secure_forms_tests::sources;
use syn::{Attribute, Item, UseTree, Visibility};

/// The most names that a person has to look through; modules are the rest of the table of contents.
const MOST: usize = 40;

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("doc") && one.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("hidden"))
    })
}

/// The names that a `use` brings.
fn leaves(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(found.insert(name.rename.to_string())),
        UseTree::Glob(_) => panic!("the root brings everything of another module: nobody can say what its names are"),
    }
}

/// The macros that a file puts at the root.
fn macros(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for item in syn::parse_file(text).unwrap().items {
        if let Item::Macro(item) = item
            && item.attrs.iter().any(|one| one.path().is_ident("macro_export"))
            && !is_hidden(&item.attrs)
        {
            found.extend(item.ident.map(|name| format!("{name}!")));
        }
    }
    found
}

/// Names and modules of the root.
fn root() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut names, mut modules) = (BTreeSet::new(), BTreeSet::new());
    for (file, text) in sources::files("secure-forms").unwrap() {
        names.extend(macros(&text));
        if file != "lib.rs" {
            continue;
        }
        for item in syn::parse_file(&text).unwrap().items {
            match item {
                Item::Use(item) if matches!(item.vis, Visibility::Public(_)) && !is_hidden(&item.attrs) => {
                    leaves(&item.tree, &mut names);
                }
                Item::Mod(item) if matches!(item.vis, Visibility::Public(_)) && !is_hidden(&item.attrs) => {
                    modules.insert(item.ident.to_string());
                }
                Item::Use(_) | Item::Mod(_) | Item::ExternCrate(_) => {}
                _ => panic!("the root defines something: it is a table of contents"),
            }
        }
    }
    (names, modules)
}

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("root_names.txt")
}

fn list(names: &BTreeSet<String>) -> String {
    names.iter().map(|name| format!("{name}\n")).collect()
}

#[test]
fn the_names_of_the_root_are_those_of_the_list() {
    let (names, modules) = root();
    let now = format!("# Names\n{}\n# Modules\n{}", list(&names), list(&modules));
    if std::env::var_os("SECURE_FORMS_BLESS").is_some() {
        fs::write(golden(), &now).unwrap();
    }
    assert_eq!(fs::read_to_string(golden()).unwrap_or_default(), now, "SECURE_FORMS_BLESS=1 writes the list anew");
}

#[test]
fn the_root_can_be_read_in_one_sitting() {
    let (names, _) = root();
    assert!(names.len() <= MOST, "{} names: {names:?}", names.len());
}

#[test]
fn a_name_is_found_however_it_is_brought() {
    let mut found = BTreeSet::new();
    let item: syn::ItemUse = syn::parse_str("pub use a::{b::C, d as E, f::{G}};").unwrap();
    leaves(&item.tree, &mut found);
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["C", "E", "G"]);
    let text =
        "#[macro_export] macro_rules! one { () => {} }\n#[doc(hidden)] #[macro_export] macro_rules! two { () => {} }";
    assert_eq!(macros(text), ["one!"]);
}
