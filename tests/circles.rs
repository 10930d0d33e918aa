//! No file imports one that imports it, also not through others. An import leads to the file that defines the name, through
//! every re-export: a `mod.rs` that only hands the names of its children on is in no circle. A call `value.x()` leads to the
//! file that defines `x`, where one alone does for types and traits that the caller can have: those of the files that its imports lead to.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::{BTreeMap, BTreeSet};

use secure_forms_tests::sources;

#[path = "circles/methods.rs"]
mod methods;

use methods::{Method, calls, methods};

/// What is read.
const PACKAGES: [&str; 9] = [
    "secure-forms-core",
    "secure-forms-pattern",
    "secure-forms-sql",
    "secure-forms-derive",
    "secure-forms",
    "examples/contact",
    "examples/demo",
    "examples/no-framework",
    "examples/sri",
];

/// What knows everything and is imported for nothing: the front doors.
const FRONT_DOORS: [&str; 2] = ["lib.rs", "__private.rs"];

/// Methods that types of `std` have too, where a call in a file that can have ours may mean theirs: `DebugStruct::field`.
const OF_STD: [&str; 1] = ["field"];

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

/// The module that defines a method, and the one of its type or trait.
#[derive(Eq, Ord, PartialEq, PartialOrd)]
struct Definition<'m> {
    module: &'m Vec<String>,
    owner: Vec<String>,
}

/// A module of a crate.
struct Module {
    /// Its file.
    file: String,
    /// Its code, without comments and unit tests.
    code: String,
    methods: BTreeSet<Method>,
    calls: BTreeSet<String>,
}

/// A crate by the paths of its modules.
struct Modules(BTreeMap<Vec<String>, Module>);

impl Modules {
    fn of(files: &[(String, String)]) -> Self {
        let module = |(file, text): &(String, String)| {
            let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
            let path: Vec<String> = path.split('/').filter(|name| *name != "lib").map(str::to_owned).collect();
            let code = sources::code(text.split("\nmod tests {").next().unwrap_or_default());
            (path, Module { file: file.clone(), code, methods: methods(text), calls: calls(text) })
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
        for statement in self.0[module].code.split(';') {
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

    /// The modules that a module's imports lead to.
    fn imported(&self, module: &[String]) -> Vec<Vec<String>> {
        let code = &self.0[module].code;
        let is_used = |import: &Import<'_>| import.how != How::HandedOn || count(code, import.name) > 1;
        let imports = self.imports(module).into_iter().filter(is_used);
        imports.map(|import| self.definition(module, &import.path)).collect()
    }

    /// Where methods of each name are defined.
    fn methods(&self) -> BTreeMap<&str, BTreeSet<Definition<'_>>> {
        let mut found: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
        for (module, method) in self.0.iter().flat_map(|(path, module)| module.methods.iter().map(move |m| (path, m))) {
            let owner: Vec<&str> = method.owner.iter().map(String::as_str).collect();
            found
                .entry(&method.name)
                .or_default()
                .insert(Definition { module, owner: self.definition(module, &owner) });
        }
        found
    }

    /// Each file with the files that it needs.
    fn needs(&self) -> BTreeMap<&str, Vec<&str>> {
        let imported: BTreeMap<_, _> = self.0.keys().map(|module| (module, self.imported(module))).collect();
        let methods = self.methods();
        let needs = |path: &Vec<String>, module: &Module| {
            let known = reach(&imported, path);
            let called = module.calls.iter().filter_map(|name| {
                let meant = methods.get(name.as_str())?.iter().filter(|method| known.contains(&method.owner));
                only(meant.map(|method| method.module)).filter(|_| !OF_STD.contains(&name.as_str()))
            });
            let definitions = imported[path].iter().chain(called).filter(|definition| *definition != path);
            let files = definitions.map(|definition| self.0[definition].file.as_str());
            let files: BTreeSet<&str> = files.filter(|file| !FRONT_DOORS.contains(file)).collect();
            files.into_iter().collect()
        };
        let modules = self.0.iter().filter(|(_, module)| !FRONT_DOORS.contains(&module.file.as_str()));
        modules.map(|(path, module)| (module.file.as_str(), needs(path, module))).collect()
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

/// A module, those that it imports, those that they import, and so on.
fn reach<'m>(
    imported: &'m BTreeMap<&'m Vec<String>, Vec<Vec<String>>>,
    from: &'m Vec<String>,
) -> BTreeSet<&'m Vec<String>> {
    let (mut known, mut left) = (BTreeSet::from([from]), vec![from]);
    while let Some(module) = left.pop() {
        left.extend(imported[module].iter().filter(|module| known.insert(module)));
    }
    known
}

fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    items.next().filter(|_| items.next().is_none())
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

#[test]
fn no_file_needs_one_that_needs_it() {
    let mut found = BTreeMap::new();
    for package in PACKAGES {
        found.insert(package, Modules::of(&sources::files(package).unwrap()).circles());
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
        ("b.rs", "impl crate::a::A {\n    fn right(\n        &mut self,\n    ) {\n        self.left();\n    }\n}"),
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
fn a_call_that_can_mean_two_methods_leads_nowhere() {
    let files = |name: &str| {
        let a = "impl crate::c::C {\n    pub fn both(&self) {\n        crate::b::b();\n    }\n}";
        let b = format!(
            "impl crate::c::D {{\n    pub fn {name}(&self) {{}}\n}}\nfn b(c: crate::c::C) {{\n    c.both();\n}}"
        );
        circles(&[
            ("lib.rs", "mod a;\nmod b;\nmod c;"),
            ("a.rs", a),
            ("b.rs", &b),
            ("c.rs", "pub struct C;\npub struct D;"),
        ])
    };
    assert_eq!(files("both"), [""; 0]);
    assert_eq!(files("another"), ["a.rs needs b.rs", "b.rs needs a.rs"]);
}

#[test]
fn a_call_in_a_file_that_cannot_have_the_type_is_of_another() {
    let a = "pub struct A;\nimpl A {\n    pub fn len(&self, b: crate::b::B) {}\n}";
    let files =
        [("lib.rs", "mod a;\nmod b;"), ("a.rs", a), ("b.rs", "pub struct B;\nfn f(x: &str) {\n    x.len();\n}")];
    assert_eq!(circles(&files), [""; 0]);
}
