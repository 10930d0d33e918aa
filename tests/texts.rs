//! What the papers say is there, is there: files, features, modules, the first example.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

/// The crates that are published.
const CRATES: [&str; 5] =
    ["secure-forms", "secure-forms-core", "secure-forms-derive", "secure-forms-pattern", "secure-forms-sql"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn manifest(folder: &str) -> Table {
    read(&format!("{folder}/Cargo.toml")).parse().unwrap()
}

/// What stands between single backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").step_by(2).flat_map(|text| text.split('`').skip(1).step_by(2))
}

/// `a/{b,c}.rs` as `a/b.rs` and `a/c.rs`.
fn alternatives(path: &str) -> Vec<String> {
    let braces = path.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match braces {
        Some((before, (names, after))) => names.split(',').map(|name| format!("{before}{name}{after}")).collect(),
        None => vec![path.to_owned()],
    }
}

/// The first cells of the table under a heading, without what stands in brackets behind them.
fn first_cells(text: &str, heading: &str) -> BTreeSet<String> {
    let section = text.split_once(&format!("## {heading}\n")).expect(heading).1.split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| ")?.strip_prefix(['`', '['])).map(|cell| {
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        cell.trim_start_matches('`').split(|c| !is_of_name(c)).next().unwrap().to_owned()
    });
    rows.collect()
}

#[test]
fn the_files_that_the_architecture_names_exist() {
    let text = read("ARCHITECTURE.md");
    let rooms = CRATES.map(|name| format!("{name}/src"));
    let exists =
        |path: &String| rooms.iter().map(String::as_str).chain([""]).any(|room| root().join(room).join(path).exists());
    // The one name that is in every room.
    let paths = quoted(&text).filter(|name| *name != "mod.rs" && (name.contains('/') || name.ends_with(".rs")));
    let missing: Vec<String> =
        paths.filter(|path| !path.contains(' ')).flat_map(alternatives).filter(|path| !exists(path)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_tables_of_features_are_those_of_the_manifest() {
    let manifest = manifest("secure-forms");
    let features: BTreeSet<String> =
        manifest["features"].as_table().unwrap().keys().filter(|name| *name != "default").cloned().collect();
    for file in ["README.md", "secure-forms/docs/map.md"] {
        assert_eq!(first_cells(&read(file), "Features"), features, "{file}");
    }
}

#[test]
fn a_feature_that_a_text_names_exists() {
    let tables = CRATES.map(manifest);
    let known: BTreeSet<&String> =
        tables.iter().filter_map(|table| table.get("features")?.as_table()).flat_map(Table::keys).collect();
    let mut files: Vec<(String, String)> = ["README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md"]
        .map(|file| (file.to_owned(), read(file)))
        .into();
    for name in CRATES {
        files.extend(secure_forms_tests::sources::files(name).unwrap());
    }
    // Of other crates, named beside them.
    let of_others = ["macros", "v4"];
    for (file, text) in files {
        for (at, found) in text.match_indices("feature `") {
            let name = text[at + found.len()..].split('`').next().unwrap();
            assert!(known.contains(&name.to_owned()) || of_others.contains(&name), "{file}: {name}");
        }
    }
}

#[test]
fn the_map_of_the_crate_has_its_public_modules() {
    let lib = syn::parse_file(&read("secure-forms/src/lib.rs")).unwrap();
    let is_public = |item: &syn::ItemMod| {
        matches!(item.vis, syn::Visibility::Public(_)) && !item.ident.to_string().starts_with("__")
    };
    let modules = lib.items.iter().filter_map(|item| match item {
        syn::Item::Mod(item) if is_public(item) => Some(item.ident.to_string()),
        _ => None,
    });
    assert_eq!(first_cells(&read("secure-forms/docs/map.md"), "Modules"), modules.collect());
}

#[test]
fn the_crate_begins_with_the_example_of_the_readme() {
    let readme = read("README.md");
    let example = readme.split_once("```rust,no_run\n").unwrap().1.split_once("```").unwrap().0;
    assert_eq!(read("secure-forms/docs/example.rs"), example);
}

/// Labels such as "Available on crate feature `web` only".
#[test]
fn published_docs_label_what_is_behind_a_feature() {
    for name in CRATES {
        let manifest = manifest(name);
        if manifest.get("features").is_none() {
            continue;
        }
        let docs = &manifest["package"]["metadata"]["docs"]["rs"];
        assert_eq!(
            docs["rustdoc-args"].as_array().unwrap().iter().filter_map(|text| text.as_str()).collect::<Vec<_>>(),
            ["--cfg", "docsrs"],
            "{name}"
        );
        assert_eq!(docs["all-features"].as_bool(), Some(true), "{name}");
        assert!(read(&format!("{name}/src/lib.rs")).contains("#![cfg_attr(docsrs, feature(doc_cfg))]"), "{name}");
    }
}

#[test]
fn every_dependency_of_the_workspace_is_one_of_a_member() {
    let root: Table = read("Cargo.toml").parse().unwrap();
    let workspace = root["workspace"].as_table().unwrap();
    let mut members: Vec<String> =
        workspace["members"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
    if let Some(at) = members.iter().position(|name| name == "examples/*") {
        members.remove(at);
        let folders = fs::read_dir(self::root().join("examples")).unwrap().map(|entry| entry.unwrap().file_name());
        members.extend(folders.map(|name| format!("examples/{}", name.to_str().unwrap())));
    }
    let mut used = BTreeSet::new();
    for member in &members {
        let manifest = manifest(member);
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(kind).and_then(|table| table.as_table()) else { continue };
            used.extend(
                dependencies.iter().filter(|(_, how)| how.get("workspace").is_some()).map(|(name, _)| name.clone()),
            );
        }
    }
    let unused: Vec<&String> =
        workspace["dependencies"].as_table().unwrap().keys().filter(|name| !used.contains(*name)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}
