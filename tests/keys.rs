//! For each key of an attribute: a program with it compiles, a mistake with it has its message, and the reference has its row. The reference
//! is made from the table that the macros read, so its rows are all keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};
use syn::{Attribute, Meta};

/// An attribute and one of its keys: `field`, `length`.
type Key = (String, String);

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The keys that a page of the reference has rows for.
fn rows(page: &str) -> BTreeSet<Key> {
    let text = fs::read_to_string(here().join("../secure-forms-derive/src/reference").join(page)).unwrap();
    let mut attribute = String::new();
    let mut keys = BTreeSet::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("# Keys of `#[") {
            attribute = heading.chars().take_while(char::is_ascii_alphabetic).collect();
        } else if let Some((key, _)) = line.strip_prefix("| `").and_then(|row| row.split_once('`')) {
            keys.insert((attribute.clone(), key.to_owned()));
        }
    }
    keys
}

/// The keys in the attributes of a program.
#[derive(Default)]
struct Used(BTreeSet<Key>);

impl<'ast> Visit<'ast> for Used {
    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let (Meta::List(list), Some(name)) = (&attribute.meta, attribute.path().get_ident()) {
            let tokens = list.tokens.to_string();
            self.0.extend(pieces(&tokens).into_iter().map(|piece| (name.to_string(), first_word(piece))));
        }
        visit::visit_attribute(self, attribute);
    }
}

/// What stands between the commas outside of brackets and texts.
fn pieces(tokens: &str) -> Vec<&str> {
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let is_comma = |c: char| {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = in_text,
            '"' => in_text = !in_text,
            '(' | '[' | '{' if !in_text => depth += 1,
            ')' | ']' | '}' if !in_text => depth = depth.saturating_sub(1),
            ',' => return depth == 0 && !in_text,
            _ => {}
        }
        false
    };
    tokens.split(is_comma).collect()
}

fn first_word(piece: &str) -> String {
    piece.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The Rust files in the folders of this name for each macro.
fn programs(folder: &str) -> Vec<PathBuf> {
    let macros = fs::read_dir(here().join("ui")).unwrap().flatten().map(|of| of.path().join(folder));
    let files = macros.filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten().map(|file| file.path());
    files.filter(|file| file.extension().is_some_and(|extension| extension == "rs")).collect()
}

fn keys_in(files: &[PathBuf]) -> BTreeSet<Key> {
    assert!(files.len() > 5, "{files:?}");
    let mut used = Used::default();
    for file in files {
        // A case about syntax is no file of Rust.
        if let Ok(file) = syn::parse_file(&fs::read_to_string(file).unwrap()) {
            used.visit_file(&file);
        }
    }
    used.0
}

fn all() -> BTreeSet<Key> {
    let all: BTreeSet<Key> = ["form.md", "choice.md"].into_iter().flat_map(rows).collect();
    assert!(all.len() > 40, "{all:?}");
    all
}

#[test]
fn a_program_with_each_key_compiles() {
    let used = keys_in(&programs("pass"));
    let missing: Vec<_> = all().difference(&used).cloned().collect();
    assert!(missing.is_empty(), "no program in a `pass` folder has {missing:?}");
}

#[test]
fn a_mistake_with_each_key_has_its_message() {
    let used = keys_in(&programs("fail"));
    let missing: Vec<_> = all().difference(&used).cloned().collect();
    assert!(missing.is_empty(), "no case in a `fail` folder has {missing:?}");
}

#[test]
fn keys_are_read_between_the_commas() {
    let mut used = Used::default();
    used.visit_file(
        &syn::parse_str("struct A { #[field(label = \"a, b\\\", c\", length(1, unit = x), r)] a: u8 }").unwrap(),
    );
    let names: Vec<&str> = used.0.iter().map(|(_, key)| key.as_str()).collect();
    assert_eq!(names, ["label", "length", "r"]);
}
