//! No file imports one that imports it, also not through others. An import leads to the file that defines the name, through
//! every re-export: a `mod.rs` that only hands the names of its children on is in no circle. A call `value.x()` leads to the
//! file that defines `x`, for a type or in a trait, where one file of the crate alone does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::{BTreeMap, BTreeSet};

use secure_forms_tests::sources;

/// What knows everything and is imported for nothing: the front doors.
const FRONT_DOORS: [&str; 2] = ["lib.rs", "__private.rs"];

/// Methods that types of `std` and of our dependencies have too: a call of one does not say whose it is.
const OF_OTHERS: [&str; 31] = [
    "all",
    "as_bytes",
    "as_str",
    "busy_timeout",
    "bytes",
    "clear",
    "collect",
    "contains",
    "count",
    "end",
    "entry",
    "find",
    "first",
    "get",
    "get_mut",
    "insert",
    "is_empty",
    "is_some",
    "iter",
    "join",
    "last",
    "len",
    "map",
    "next",
    "path",
    "push",
    "remove",
    "take",
    "with",
    "write",
    "write_str",
];

/// A path in a file's code, and the name that it goes by there.
struct Import<'t> {
    path: Vec<&'t str>,
    name: &'t str,
    how: How,
}

/// How a path is named.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// Where it is used.
    InPlace,
    /// By `use`, for the whole file.
    Used,
    /// By `pub use`, for others.
    HandedOn,
}

/// A crate: the code of each module, without its unit tests.
struct Modules(BTreeMap<Vec<String>, (String, String)>);

impl Modules {
    fn of(files: &[(String, String)]) -> Self {
        let module = |(file, text): &(String, String)| {
            let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
            let path: Vec<String> = path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect();
            let code = sources::code(text.split("\nmod tests {").next().unwrap_or_default());
            (path, (file.clone(), code))
        };
        Self(files.iter().map(module).collect())
    }

    fn is_child(&self, of: &[String], name: &str) -> bool {
        self.0.contains_key(&[of, &[name.to_owned()]].concat())
    }

    /// Every path of a module's code that stays in the crate.
    fn imports(&self, module: &[String]) -> Vec<Import<'_>> {
        let mut found = Vec::new();
        let is_ours = |head: &str| matches!(head, "crate" | "self" | "super") || self.is_child(module, head);
        for statement in self.0[module].1.split(';') {
            let (code, used) = split_use(statement);
            for (at, _) in code.match_indices("::") {
                let start = code[..at].trim_end_matches(is_of_a_word).len();
                if is_ours(&code[start..at]) && !code[..start].ends_with(['$', ':']) {
                    read(&code[start..], &[], How::InPlace, &mut found);
                }
            }
            if let Some((how, tree)) = used
                && is_ours(word(tree))
            {
                read(tree, &[], how, &mut found);
            }
        }
        found
    }

    /// The module that defines what a path leads to.
    fn definition(&self, from: &[String], path: &[&str]) -> Vec<String> {
        let (mut at, mut path) = (from.to_vec(), path);
        while let [head, rest @ ..] = path {
            match *head {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()),
                name if self.is_child(&at, name) => at.push(name.to_owned()),
                name => {
                    let imports = self.imports(&at);
                    let import = imports.iter().find(|import| import.name == name && import.how != How::InPlace);
                    return import.map_or(at.clone(), |import| self.definition(&at, &import.path));
                }
            }
            path = rest;
        }
        at
    }

    /// Where each method is defined that one file alone defines.
    fn methods(&self) -> BTreeMap<&str, &Vec<String>> {
        let mut found: BTreeMap<&str, Vec<&Vec<String>>> = BTreeMap::new();
        for (module, (_, code)) in &self.0 {
            methods(code).into_iter().for_each(|name| found.entry(name).or_default().push(module));
        }
        let only = |(name, modules): (_, Vec<_>)| match modules.as_slice() {
            [module] if !OF_OTHERS.contains(&name) => Some((name, *module)),
            _ => None,
        };
        found.into_iter().filter_map(only).collect()
    }

    /// Each file with the files that it needs.
    fn needs(&self) -> BTreeMap<&str, Vec<&str>> {
        let methods = self.methods();
        let needs = |module: &Vec<String>| {
            let code = &self.0[module].1;
            let is_used = |import: &Import<'_>| import.how != How::HandedOn || count(code, import.name) > 1;
            let imports = self.imports(module).into_iter().filter(is_used);
            let mut files: Vec<&str> = imports
                .map(|import| self.definition(module, &import.path))
                .chain(calls(code).into_iter().filter_map(|name| methods.get(name).map(|found| (*found).clone())))
                .filter(|definition| definition != module)
                .map(|definition| self.0[&definition].0.as_str())
                .filter(|file| !FRONT_DOORS.contains(file))
                .collect();
            files.sort_unstable();
            files.dedup();
            files
        };
        let files = self.0.iter().filter(|(_, (file, _))| !FRONT_DOORS.contains(&file.as_str()));
        files.map(|(module, (file, _))| (file.as_str(), needs(module))).collect()
    }

    /// What is left once every file that needs no other, and every file that no other needs, is taken away, again and again.
    fn circles(&self) -> Vec<String> {
        let mut needs = self.needs();
        loop {
            let before: usize = needs.values().map(|files| files.len() + 1).sum();
            let wanted: Vec<&str> = needs.values().flatten().copied().collect();
            needs.retain(|file, files| !files.is_empty() && wanted.contains(file));
            let left: Vec<&str> = needs.keys().copied().collect();
            needs.values_mut().for_each(|files| files.retain(|file| left.contains(file)));
            if needs.values().map(|files| files.len() + 1).sum::<usize>() == before {
                return needs.iter().map(|(file, files)| format!("{file} needs {}", files.join(", "))).collect();
            }
        }
    }
}

/// The code before a `use`, and what it uses.
fn split_use(statement: &str) -> (&str, Option<(How, &str)>) {
    for (at, found) in statement.match_indices("use ") {
        let line = statement[..at].rsplit('\n').next().unwrap_or_default();
        let how = match line.trim_end() {
            "" if line.is_empty() => How::Used,
            // In a function or in a module within the file: other files do not see it.
            "" => How::InPlace,
            line if line == "pub" || (line.starts_with("pub(") && line.ends_with(')')) => How::HandedOn,
            _ => continue,
        };
        return (&statement[..at], Some((how, &statement[at + found.len()..])));
    }
    (statement, None)
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word(text: &str) -> &str {
    text.split(|c| !is_of_a_word(c)).next().unwrap_or_default()
}

/// The methods that a file's types and traits define. What implements a trait for a type gives a method no second place.
fn methods(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    // How far the block that is read is indented, if it is one that defines.
    let mut block = None;
    for (at, line) in code.lines().scan(0, |at, line| Some((std::mem::replace(at, *at + line.len() + 1), line))) {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        let head = start.trim_start_matches("pub ").trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
        if block.is_none() && !line.ends_with('}') && (head.starts_with("impl") || head.starts_with("trait ")) {
            // The head of a block can have several lines.
            let whole = code[at..].split('{').next().unwrap_or_default();
            block = Some((indent, head.starts_with("trait ") || !whole.contains(" for ")));
        } else if block.is_some_and(|(outer, _)| outer == indent) && start == "}" {
            block = None;
        } else if let Some((outer, true)) = block
            && indent == outer + 4
            && let Some((_, name)) = head.split_once("fn ")
            && !head.contains('=')
        {
            let signature = code[at..].split(['{', ';']).next().unwrap_or_default();
            if signature.split(|c| !is_of_a_word(c)).any(|word| word == "self") {
                found.insert(word(name));
            }
        }
    }
    found
}

/// The methods that code calls, not counting what is within the quotes of one line.
fn calls(code: &str) -> BTreeSet<&str> {
    let unquoted = code.lines().flat_map(|line| line.split('"').step_by(2));
    let names = unquoted.flat_map(|code| code.split('.').skip(1)).filter(|after| {
        let rest = &after[word(after).len()..];
        rest.starts_with('(') || rest.starts_with("::<")
    });
    names.map(word).collect()
}

/// How often a word stands in code, not counting what is within the quotes of one line.
fn count(code: &str, wanted: &str) -> usize {
    let unquoted = code.lines().flat_map(|line| line.split('"').step_by(2));
    unquoted.flat_map(|code| code.split(|c| !is_of_a_word(c))).filter(|word| *word == wanted).count()
}

/// Reads one path, or all paths of a group `a::{b, c::d as e}`; answers the text behind it.
fn read<'t>(text: &'t str, before: &[&'t str], how: How, found: &mut Vec<Import<'t>>) -> &'t str {
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(behind) = rest.strip_prefix('}') {
                return behind;
            }
            let behind = read(rest, before, how, found).trim_start();
            let behind = behind.strip_prefix(',').unwrap_or(behind);
            assert_ne!(behind.len(), rest.len(), "{rest}");
            rest = behind;
        }
    }
    let head = word(text);
    let (path, rest) = ([before, &[head]].concat(), &text[head.len()..]);
    match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with('{') || !word(rest).is_empty() => read(rest, &path, how, found),
        _ => {
            let alias = rest.strip_prefix(" as ").map(word);
            let rest = alias.map_or(rest, |alias| &rest[" as ".len() + alias.len()..]);
            let own = if head == "self" { before.last().copied().unwrap_or(head) } else { head };
            found.push(Import { path, name: alias.unwrap_or(own), how });
            rest
        }
    }
}

/// Circles of these files.
fn circles(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).collect();
    Modules::of(&files).circles()
}

/// Files that were in circles when this test came to read the examples (2026-11-30): package and file. To be emptied.
const STILL_IN_A_CIRCLE: [(&str, &str); 9] = [
    ("examples/demo", "error.rs"),
    ("examples/demo", "identity.rs"),
    ("examples/demo", "layout.rs"),
    ("examples/demo", "limits/mod.rs"),
    ("examples/demo", "limits/rate.rs"),
    ("examples/demo", "notice.rs"),
    ("examples/demo", "seed.rs"),
    ("examples/demo", "server/mod.rs"),
    ("examples/demo", "state.rs"),
];

#[test]
fn no_file_needs_one_that_needs_it() {
    let packages = ["secure-forms-core", "secure-forms-sql", "secure-forms-derive", "secure-forms"];
    let mut found = BTreeMap::new();
    for package in packages.into_iter().chain(["examples/demo", "examples/sri"]) {
        let mut circles = Modules::of(&sources::files(package).unwrap()).circles();
        let is_known = |circle: &String| {
            STILL_IN_A_CIRCLE.iter().any(|(own, file)| *own == package && circle.starts_with(&format!("{file} ")))
        };
        circles.retain(|circle| !is_known(circle));
        found.insert(package, circles);
    }
    found.retain(|_, circles| !circles.is_empty());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn two_files_that_need_each_other_are_named() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;\npub use a::A;\npub use b::B;"),
        ("a.rs", "use crate::b::B;\npub struct A;"),
        ("b.rs", "fn f() { super::a::A; }"),
        ("c.rs", "use crate::{A, B};"),
    ];
    assert_eq!(circles(&files), ["a.rs needs b.rs", "b.rs needs a.rs"]);
}

#[test]
fn a_circle_through_re_exports_and_a_third_file_is_named() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b;\nmod c;\nmod d;\npub use b::{B};\npub(crate) use self::{c::{C as K}, d::D};"),
        ("a/b.rs", "use super::K;\npub struct B;"),
        ("a/c.rs", "use crate::a::{\n    D,\n};\npub struct C;"),
        ("a/d.rs", "use super::B;\npub struct D;"),
    ];
    assert_eq!(circles(&files), ["a/b.rs needs a/c.rs", "a/c.rs needs a/d.rs", "a/d.rs needs a/b.rs"]);
}

#[test]
fn a_parent_that_needs_its_child_back_is_a_circle_and_one_that_hands_names_on_is_none() {
    let parent =
        |text: &'static str| [("lib.rs", "mod a;"), ("a/mod.rs", text), ("a/b.rs", "use super::A;\npub struct B;")];
    assert_eq!(
        circles(&parent("mod b;\npub use b::B;\npub struct A(B);")),
        ["a/b.rs needs a/mod.rs", "a/mod.rs needs a/b.rs"]
    );
    assert_eq!(circles(&parent("mod b;\npub use b::B;\n#[note = \"made of B\"]\npub struct A;")), [""; 0]);
}

#[test]
fn comments_and_unit_tests_need_what_they_like() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "use crate::b::B;\npub struct A;"),
        ("b.rs", "// crate::a::A\npub struct B;\n#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}"),
    ];
    assert_eq!(circles(&files), [""; 0]);
}

#[test]
fn files_that_call_each_others_methods_are_a_circle() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "pub struct A;\nimpl A {\n    pub fn left(&self) {\n        self.right();\n    }\n}"),
        ("b.rs", "impl super::A {\n    fn right(\n        &mut self,\n    ) {\n        self.left();\n    }\n}"),
    ];
    assert_eq!(circles(&files), ["a.rs needs b.rs", "b.rs needs a.rs"]);
}

#[test]
fn a_call_of_a_traits_method_needs_the_trait_and_not_who_implements_it() {
    let files = [
        ("lib.rs", "mod a;\nmod b;\nmod c;"),
        ("a.rs", "pub trait Walk {\n    fn walk(&self);\n}"),
        ("b.rs", "pub fn b(x: &dyn crate::a::Walk) {\n    x.walk();\n}"),
        ("c.rs", "impl crate::a::Walk for C {\n    fn walk(&self) {\n        crate::b::b(self);\n    }\n}"),
    ];
    assert_eq!(circles(&files), [""; 0]);
}

#[test]
fn a_method_of_two_files_or_of_std_leads_nowhere() {
    let files = [
        ("lib.rs", "mod a;\nmod b;"),
        ("a.rs", "impl A {\n    fn both(&self) {}\n    fn len(&self) {}\n}\nfn f(b: crate::b::B) {}"),
        (
            "b.rs",
            "impl B {\n    fn both(&self) {}\n    fn own(&self) {\n        self.both();\n        self.len();\n    }\n}",
        ),
    ];
    assert_eq!(circles(&files), [""; 0]);
}
