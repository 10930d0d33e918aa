//! The floors of the house: imports go down only, rooms of one floor do not know each other, `core` does nothing but compute,
//! and only adapters name a framework. Every `crate::` path of the sources is read, so that the rule cannot rot.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The runtime's rooms with what each may import. `lib` and `__private` are doors: they re-export and hold no logic.
const RUNTIME: [(&str, &[&str]); 9] = [
    ("adapter", &["form", "session", "response", "request", "route", "html", "crypto"]),
    // `form` for `Choice` and values alone, see below.
    ("query", &["form", "request", "route", "html", "crypto"]),
    ("form", &["request", "route", "html", "crypto"]),
    ("session", &["request", "route", "html", "crypto"]),
    ("response", &["request", "route", "html", "crypto"]),
    ("request", &[]),
    ("route", &[]),
    ("html", &[]),
    ("crypto", &[]),
];

/// What `query` may take of `form`.
const FORM_IN_QUERY: [&str; 5] = ["Accepted", "Choice", "EmailAddress", "Secret", "Valid"];

/// The derive's rooms.
const DERIVE: [(&str, &[&str]); 5] = [
    ("attribute", &["model", "diagnostic"]),
    ("check", &["model", "diagnostic"]),
    ("expand", &["model", "diagnostic"]),
    ("model", &["diagnostic"]),
    ("diagnostic", &[]),
];

/// Crates that are frameworks or templates.
const FRAMEWORKS: [&str; 10] =
    ["axum", "axum_core", "actix_web", "tower_service", "tower_layer", "tower", "hyper", "maud", "askama", "minijinja"];

/// One `crate::…` path in a file.
#[derive(Debug, PartialEq)]
struct Import {
    line: usize,
    room: String,
    rest: String,
}

/// Code without comments; what stands in text is left, which does no harm.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
}

/// Every `crate::room…` of a source, also within `crate::{a, b}`. `$crate` is of macros and means the door.
fn imports(text: &str) -> Vec<Import> {
    let joined: Vec<(usize, &str)> = code(text).collect();
    let mut found = Vec::new();
    for (at, (line, content)) in joined.iter().enumerate() {
        for (start, _) in content.match_indices("crate::") {
            let before = content[..start].chars().next_back();
            if before.is_some_and(|c| c == '$' || c == '_' || c.is_alphanumeric()) {
                continue;
            }
            let mut path = content[start + "crate::".len()..].to_owned();
            if path.starts_with('{') {
                // A list may go on over lines: up to the semicolon.
                let mut following = joined.iter().skip(at + 1);
                while let (false, Some((_, next))) = (path.contains(';'), following.next()) {
                    path.push_str(next);
                }
            }
            found.extend(rooms(&path).into_iter().map(|(room, rest)| Import { line: *line, room, rest }));
        }
    }
    found
}

/// `form::Form` is one room; `{form::Form, html}` are two.
fn rooms(path: &str) -> Vec<(String, String)> {
    let split = |part: &str| {
        let part = part.trim();
        let end = part.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(part.len());
        let rest = part[end..].split(';').next().unwrap_or_default();
        (part[..end].to_owned(), rest.trim_start_matches("::").to_owned())
    };
    let Some(list) = path.strip_prefix('{') else { return vec![split(path)] };
    let (mut depth, mut parts) = (0usize, vec![String::new()]);
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => parts.push(String::new()),
            c => {
                depth = match c {
                    '{' => depth + 1,
                    '}' => depth - 1,
                    _ => depth,
                };
                if let Some(part) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    parts.iter().filter(|part| !part.trim().is_empty()).map(|part| split(part)).collect()
}

/// What is wrong in one file of `room`.
fn violations(room: &str, text: &str, floors: &[(&str, &[&str])]) -> Vec<String> {
    let Some((_, allowed)) = floors.iter().find(|(name, _)| *name == room) else { return Vec::new() };
    let is_room = |name: &str| floors.iter().any(|(known, _)| *known == name);
    let is_wrong = |import: &&Import| {
        let is_value =
            room != "query" || import.room != "form" || FORM_IN_QUERY.iter().any(|value| import.rest.contains(value));
        is_room(&import.room) && import.room != room && !(allowed.contains(&import.room.as_str()) && is_value)
    };
    let told = |import: &Import| format!("line {}: `{room}` imports `{}`", import.line, import.room);
    imports(text).iter().filter(is_wrong).map(told).collect()
}

/// Every source below a directory of the workspace.
fn sources(directory: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(directory);
    let (mut open, mut found) = (vec![root.clone()], Vec::new());
    while let Some(directory) = open.pop() {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.strip_prefix(&root).unwrap().to_owned(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 20, "{directory} has {} sources", found.len());
    found
}

/// The room of a file: its first directory, or its own name.
fn room(file: &Path) -> String {
    let first =
        file.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned()).unwrap_or_default();
    first.trim_end_matches(".rs").to_owned()
}

fn all_violations(directory: &str, floors: &[(&str, &[&str])]) -> Vec<String> {
    let of_file = |(file, text): &(PathBuf, String)| {
        violations(&room(file), text, floors)
            .into_iter()
            .map(|wrong| format!("{}: {wrong}", file.display()))
            .collect::<Vec<_>>()
    };
    sources(directory).iter().flat_map(of_file).collect()
}

#[test]
fn imports_of_the_runtime_go_down_only() {
    assert_eq!(all_violations("secure-forms/src", &RUNTIME), Vec::<String>::new());
}

#[test]
fn imports_of_the_derive_go_down_only() {
    assert_eq!(all_violations("secure-forms-derive/src", &DERIVE), Vec::<String>::new());
}

#[test]
fn every_room_is_on_a_floor() {
    for (directory, floors, doors) in [
        ("secure-forms/src", &RUNTIME[..], &["lib", "__private"][..]),
        ("secure-forms-derive/src", &DERIVE[..], &["lib"][..]),
    ] {
        let rooms: BTreeSet<String> = sources(directory).iter().map(|(file, _)| room(file)).collect();
        let homeless =
            rooms.iter().filter(|room| !doors.contains(&room.as_str()) && !floors.iter().any(|(name, _)| name == room));
        assert_eq!(homeless.collect::<Vec<_>>(), Vec::<&String>::new(), "{directory}");
    }
}

#[test]
fn the_core_only_computes() {
    // `std::net` is there for addresses, which are values; its sockets are not.
    let outside = [
        "std::fs",
        "std::io",
        "std::env",
        "std::process",
        "std::thread",
        "std::time",
        "TcpStream",
        "TcpListener",
        "UdpSocket",
        "macro_export",
    ];
    for (file, text) in sources("secure-forms-core/src") {
        for (line, content) in code(&text) {
            let found: Vec<_> = outside.iter().filter(|name| content.contains(*name)).collect();
            assert!(found.is_empty(), "{}:{line}: {found:?}", file.display());
        }
    }
}

#[test]
fn only_adapters_name_a_framework() {
    for (file, text) in sources("secure-forms/src") {
        let names = frameworks(&text);
        assert!(names.is_empty() || room(&file) == "adapter", "{}: {names:?}", file.display());
    }
}

/// The frameworks whose paths a source writes.
fn frameworks(text: &str) -> Vec<&'static str> {
    let is_path = |line: &str, name: &str| {
        line.match_indices(&format!("{name}::"))
            .any(|(at, _)| !line[..at].ends_with(|c: char| c == ':' || c == '_' || c.is_alphanumeric()))
    };
    FRAMEWORKS.into_iter().filter(|name| code(text).any(|(_, line)| is_path(line, name))).collect()
}

#[test]
fn a_back_up_import_is_found() {
    assert_eq!(violations("html", "use crate::form::Form;", &RUNTIME), ["line 1: `html` imports `form`"]);
    assert_eq!(
        violations("form", "\nuse crate::{html::Html, session::Cookies};", &RUNTIME),
        ["line 2: `form` imports `session`"]
    );
    assert_eq!(violations("route", "use crate::{\n    html::Html,\n};", &RUNTIME).len(), 1);
    assert_eq!(violations("crypto", "fn f() { crate::adapter::serve() }", &RUNTIME).len(), 1);
    assert_eq!(violations("attribute", "use crate::expand::tokens;", &DERIVE).len(), 1);
}

#[test]
fn an_import_downwards_is_none() {
    assert!(violations("form", "use crate::html::Html;\nuse crate::form::Form;", &RUNTIME).is_empty());
    assert!(violations("html", "// as crate::form says\n$crate::form::x", &RUNTIME).is_empty());
    assert!(violations("expand", "use crate::model::form::Form;", &DERIVE).is_empty());
}

#[test]
fn queries_take_values_of_forms_and_nothing_else() {
    assert!(violations("query", "use crate::form::{Choice, EmailAddress};", &RUNTIME).is_empty());
    assert_eq!(violations("query", "use crate::form::Report;", &RUNTIME).len(), 1);
}

#[test]
fn a_framework_outside_an_adapter_is_found() {
    assert_eq!(frameworks("use axum::Router;"), ["axum"]);
    assert!(frameworks("use crate::adapter::axum::handle; // axum::Router").is_empty());
}
