//! The floors of the house: which room may import which. Reads the sources, so that the rule cannot rot.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;

use secure_forms_tests::sources::{code, files};

/// The rooms of the runtime and their floors; imports go down only, and rooms of one floor do not know each other.
const FLOORS: [(&str, u8); 12] = [
    ("adapter", 5),
    ("render", 4),
    ("query", 4),
    ("guard", 3),
    ("testing", 4),
    ("form", 2),
    ("session", 2),
    ("response", 2),
    ("request", 1),
    ("route", 1),
    ("html", 1),
    ("crypto", 1),
];

/// What each stage of the macros may import besides itself.
const STAGES: [(&str, &[&str]); 6] = [
    ("attribute", &["model", "diagnostic"]),
    ("check", &["model", "diagnostic", "source"]),
    ("expand", &["model", "diagnostic"]),
    ("source", &["model", "diagnostic"]),
    ("model", &["diagnostic"]),
    ("diagnostic", &[]),
];

/// Imports that break the rule, each with its reason: (file below the crate's `src`, what it imports).
const EXCEPTIONS: [(&str, &str); 0] = [];

/// What each of our crates may name of the others. The compiler of patterns is the macros' alone: no program is built with it.
const CRATES: [(&str, &[&str]); 5] = [
    ("secure-forms-core", &[]),
    ("secure-forms-pattern", &["secure-forms-core"]),
    ("secure-forms-sql", &["secure-forms-core"]),
    ("secure-forms-derive", &["secure-forms-core", "secure-forms-pattern", "secure-forms-sql"]),
    ("secure-forms", &["secure-forms-core", "secure-forms-derive"]),
];

/// Frameworks and template engines: only adapters name one.
const FRAMEWORKS: [&str; 10] =
    ["actix_web", "askama", "axum", "hyper", "maud", "minijinja", "poem", "rocket", "tower", "warp"];

/// What touches the world outside; the address types of `std::net` are plain data.
const WORLD: [&str; 11] = [
    "std::fs",
    "std::io",
    "std::process",
    "std::env",
    "std::time::SystemTime",
    "std::time::Instant",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "UnixStream",
];

fn sources(package: &str) -> Vec<(String, String)> {
    let found = files(package).unwrap();
    assert!(found.len() > 5, "{package} has sources");
    found
}

/// The first segment of every `crate::…` path, also inside `use crate::{a, b::{c, d}}`.
fn imports(text: &str) -> BTreeSet<String> {
    let code = code(text);
    let starts = code.match_indices("crate::").map(|(at, found)| (at, &code[at + found.len()..]));
    starts
        // `$crate::` is the path that a macro leaves in somebody else's crate.
        .filter(|(at, _)| !code[..*at].ends_with(|c: char| c == '$' || c == '_' || c.is_alphanumeric()))
        .flat_map(|(_, rest)| match rest.strip_prefix('{') {
            Some(group) => heads(group),
            None => vec![word(rest)],
        })
        .collect()
}

/// The first words of a group's entries, up to its closing brace.
fn heads(group: &str) -> Vec<String> {
    let (mut depth, mut fresh, mut found) = (0_usize, true, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && !c.is_whitespace() => {
                found.push(word(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The room or stage that a file belongs to.
fn room(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == room).map(|(_, floor)| *floor)
}

/// Why a file of the runtime may not import this; `None` if it may.
fn runtime_violation(file: &str, import: &str) -> Option<String> {
    let (from, own) = (room(file), floor(room(file)));
    let Some(own) = own else { return Some(format!("{file} is in no room of the table")) };
    // Names that are no room are macros of the crate, or its hidden module in the body of one.
    let target = floor(import)?;
    let is_allowed = import == from || target < own;
    (!is_allowed).then(|| format!("{file} (floor {own}) imports {import} (floor {target})"))
}

/// Why a stage of the macros may not import this; `None` if it may.
fn stage_violation(file: &str, import: &str) -> Option<String> {
    let from = room(file);
    let Some((_, allowed)) = STAGES.iter().find(|(name, _)| *name == from) else {
        return Some(format!("{file} is in no stage of the table"));
    };
    (import != from && !allowed.contains(&import)).then(|| format!("{file} imports {import}"))
}

fn violations(package: &str, front_doors: &[&str], judge: fn(&str, &str) -> Option<String>) -> Vec<String> {
    let files = sources(package).into_iter().filter(|(file, _)| !front_doors.contains(&file.as_str()));
    files
        .flat_map(|(file, text)| imports(&text).into_iter().map(move |import| (file.clone(), import)))
        .filter(|(file, import)| !EXCEPTIONS.contains(&(file.as_str(), import.as_str())))
        .filter_map(|(file, import)| judge(&file, &import))
        .collect()
}

/// The frameworks that a file names as the start of a path.
fn frameworks(text: &str) -> Vec<&'static str> {
    let code = code(text);
    let names = |name: &str| {
        code.match_indices(name).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            let starts_a_path = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"');
            // `crate::adapter::axum::…` is our own room of that name.
            let is_ours = code[..at].ends_with("adapter::") || code[..at].ends_with("crate::");
            let rest = code[at + name.len()..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            starts_a_path && !is_ours && rest.starts_with("::")
        })
    };
    FRAMEWORKS.into_iter().filter(|name| names(name)).collect()
}

/// What a crate names of our others, in its code and in its manifest, that it may not.
fn foreign(package: &str, allowed: &[&str], code: &str, manifest: &str) -> Vec<&'static str> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let names = |text: &str, name: &str| text.split(|c| !is_word(c)).any(|word| word == name);
    // What only tests use is no matter.
    let built = manifest.split("\n[dev-dependencies]\n").next().unwrap_or_default();
    let dependencies = built.lines().filter(|line| line.starts_with("secure-forms")).collect::<Vec<_>>().join("\n");
    // The library is above all of them, so that Cargo refuses it; the macros' output names it.
    let others = CRATES.into_iter().map(|(name, _)| name).filter(|name| !["secure-forms", package].contains(name));
    let others = others.filter(|name| !allowed.contains(name));
    others.filter(|name| names(code, &name.replace('-', "_")) || names(&dependencies.replace('.', " "), name)).collect()
}

/// The frameworks on whose feature something in a file depends: an adapter of anybody's would not have it.
fn features(text: &str) -> Vec<&'static str> {
    let code = code(text);
    FRAMEWORKS.into_iter().filter(|name| code.contains(&format!("feature = \"{name}\""))).collect()
}

#[test]
fn imports_of_the_runtime_go_down_only() {
    let found = violations("secure-forms", &["lib.rs", "__private.rs"], runtime_violation);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_stages_of_the_macros_keep_their_order() {
    let found = violations("secure-forms-derive", &["lib.rs", "macros.rs"], stage_violation);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn files_are_read_in_one_place_of_the_macros() {
    // The migrations are read beside their attribute; the reference is compared by a test alone.
    let exempt = ["attribute/schema.rs", "attribute/key_table/reference.rs"];
    let is_elsewhere = |file: &str| !matches!(room(file), "source" | "macros") && !exempt.contains(&file);
    for (file, text) in sources("secure-forms-derive").into_iter().filter(|(file, _)| is_elsewhere(file)) {
        let named: Vec<&str> = ["std::fs", "std::env"].into_iter().filter(|name| code(&text).contains(name)).collect();
        assert_eq!(named, [""; 0], "{file}");
    }
}

#[test]
fn only_adapters_name_a_framework() {
    for (file, text) in sources("secure-forms") {
        if room(&file) != "adapter" {
            assert_eq!(frameworks(&text), Vec::<&str>::new(), "{file}");
        }
        // The front door hands the adapters' names on.
        if room(&file) != "adapter" && file != "lib.rs" {
            assert_eq!(features(&text), Vec::<&str>::new(), "{file}");
        }
    }
}

#[test]
fn crates_know_those_below_them_only() {
    for (package, allowed) in CRATES {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(package);
        let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
        // A unit test may compare with a crate above.
        let built = |text: &str| code(text.split("\nmod tests {").next().unwrap_or_default());
        for (file, text) in sources(package) {
            assert_eq!(foreign(package, allowed, &built(&text), &manifest), [""; 0], "{package}: {file}");
        }
    }
}

#[test]
fn a_crate_that_names_one_above_it_is_caught() {
    let of = |code: &str, manifest: &str| foreign("secure-forms", &["secure-forms-core"], code, manifest);
    assert_eq!(of("use secure_forms_pattern::compile;", ""), ["secure-forms-pattern"]);
    assert_eq!(of("", "[dependencies]\nsecure-forms-pattern.workspace = true\n"), ["secure-forms-pattern"]);
    assert_eq!(of("", "[dependencies]\nsecure-forms-sql = { path = \"x\" }\n"), ["secure-forms-sql"]);
    let commented = "# Not for `[dev-dependencies]`.\n[dependencies]\nsecure-forms-pattern.workspace = true\n";
    assert_eq!(of("", commented), ["secure-forms-pattern"]);
    let tests_alone =
        "[dependencies]\nsecure-forms-core.workspace = true\n[dev-dependencies]\nsecure-forms-sql = \"1\"\n";
    assert_eq!(of("use secure_forms_core::path;", tests_alone), [""; 0]);
}

#[test]
fn the_rules_of_core_touch_nothing_outside() {
    for (file, text) in sources("secure-forms-core") {
        let named: Vec<&str> = WORLD.into_iter().filter(|name| code(&text).contains(name)).collect();
        assert!(named.is_empty(), "{file} names {named:?}");
    }
}

#[test]
fn every_exception_is_still_needed() {
    let all: Vec<(String, String)> = ["secure-forms", "secure-forms-derive"].into_iter().flat_map(sources).collect();
    for (file, import) in EXCEPTIONS {
        let is_used = all.iter().any(|(name, text)| name == file && imports(text).contains(import));
        assert!(is_used, "{file} no longer imports {import}");
    }
}

#[test]
fn a_back_up_import_is_caught() {
    let text = "use crate::html::Html;\nuse crate::{\n    adapter::{axum, maud},\n    route::ReturnTo,\n};\n// use crate::query;\n";
    let found: Vec<String> =
        imports(text).iter().filter_map(|import| runtime_violation("form/page.rs", import)).collect();
    assert_eq!(found, ["form/page.rs (floor 2) imports adapter (floor 5)"]);
}

#[test]
fn rooms_of_one_floor_do_not_know_each_other() {
    assert!(runtime_violation("session/csrf/mod.rs", "form").is_some());
    assert!(runtime_violation("html/escape.rs", "crypto").is_some());
    assert!(runtime_violation("guard/head.rs", "query").is_some());
    assert!(runtime_violation("guard/head.rs", "adapter").is_some());
    assert!(runtime_violation("form/page.rs", "render").is_some());
    assert!(runtime_violation("query/value.rs", "render").is_some());
    assert_eq!(runtime_violation("render/form.rs", "form"), None);
    assert_eq!(runtime_violation("query/value.rs", "form"), None);
    assert_eq!(runtime_violation("session/csrf/mod.rs", "crypto"), None);
    assert_eq!(runtime_violation("form/bind.rs", "form"), None);
}

#[test]
fn a_stage_that_looks_ahead_is_caught() {
    assert!(stage_violation("attribute/form.rs", "expand").is_some());
    assert!(stage_violation("expand/form.rs", "attribute").is_some());
    assert!(stage_violation("model/form.rs", "check").is_some());
    assert!(stage_violation("source/migrations.rs", "check").is_some());
    assert!(stage_violation("attribute/asset.rs", "source").is_some());
    assert_eq!(stage_violation("check/asset.rs", "source"), None);
    assert_eq!(stage_violation("expand/form.rs", "model"), None);
}

#[test]
fn paths_inside_functions_and_macros_are_read_as_they_are() {
    let text = "fn f() { crate::query::run(); $crate::form::x(); my_crate::session::y(); }";
    assert_eq!(imports(text), BTreeSet::from(["query".to_owned()]));
}

#[test]
fn a_framework_is_seen_and_our_adapters_name_is_not() {
    assert_eq!(frameworks("use axum::Router;"), ["axum"]);
    assert_eq!(frameworks("impl tower_layer::Layer<S> for X {}"), ["tower"]);
    assert_eq!(features("#[cfg(all(feature = \"axum\", test))]\n// feature = \"maud\""), ["axum"]);
    assert_eq!(frameworks("use crate::adapter::axum::form;\n// axum::Router\n#[cfg(feature = \"axum\")]"), [""; 0]);
}
