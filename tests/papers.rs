//! Every public item of the library says what it is for (the lint `missing_docs` sees to that) and is shown by an example: a tested
//! block of code, in its own docs or in those of another item, names it. Functions that can fail have `# Errors`, and what weakens a
//! promise has `# Security`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;

use secure_forms_tests::sources;
use syn::{Attribute, ImplItem, Item, ReturnType, Signature, TraitItem, UseTree, Visibility};

/// What only generated code and the library's own layers name, with all that is in it: types that a macro writes down, and services and
/// futures that a layer makes. It needs a purpose, and no example.
const PLUMBING: [&str; 54] = [
    // The table of a form, and what binds it.
    "Binder",
    "Waiting",
    "Bind",
    "Entry",
    "Entries",
    "Filtered",
    "Field",
    "FieldName",
    "NamedField",
    "FieldSpec",
    "FormSpec",
    "Presence",
    "Unknown",
    "Trim",
    "Lines",
    "Invisible",
    "Rule",
    "Constraint",
    "Length",
    "Range",
    "Step",
    "EmailLevel",
    "Number",
    "GetForm",
    "PostForm",
    "ActionOf",
    "Nfc",
    "Textual",
    "Numeric",
    "ShownText",
    // A statement and its values.
    "Bound",
    "BindList",
    "BindNullable",
    "bind_list",
    "bind_nullable",
    "Params",
    "Checked",
    "Columns",
    "Access",
    "Returning",
    "Writing",
    "Marker",
    "Nullable",
    "List",
    "ReadNullable",
    "Tagged",
    // Routes.
    "PathWriter",
    "RoutePart",
    // Services and futures of layers.
    "WithConnection",
    "WithCsrf",
    "WithoutCsrf",
    "WithSecurityHeaders",
    "WithLayout",
    "WithOwnOrigin",
];

/// The least share of items, in percent, that an example names.
const LEAST: usize = 90;

/// Something that a program can name.
struct Public {
    /// `Type::method`, or the name alone.
    name: String,
    docs: String,
    fails: bool,
}

/// The texts of `#[doc = "…"]`, one line each.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        pair.path.is_ident("doc").then(|| format!("{}\n", text.value()))
    });
    lines.collect()
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|one| {
        one.path().is_ident("doc") && one.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("hidden"))
    })
}

/// The blocks of code that are compiled.
fn examples(docs: &str) -> String {
    let blocks = docs.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
    let is_tested = |tag: &str| !matches!(tag.trim(), "text" | "ignore" | "toml" | "sh" | "html");
    blocks.filter(|(tag, _)| is_tested(tag)).map(|(_, code)| code).collect()
}

fn leaves(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|item| leaves(item, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Glob(_) => {}
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The names that public modules hand on.
fn handed_on(items: &[Item], found: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Use(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => leaves(&item.tree, found),
            Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
                handed_on(item.content.as_ref().map_or(&[], |(_, items)| items), found);
            }
            _ => {}
        }
    }
}

fn fails(signature: &Signature) -> bool {
    let ReturnType::Type(_, answer) = &signature.output else { return false };
    let syn::Type::Path(path) = answer.as_ref() else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Result")
}

/// The public items of a file, those of its types and traits among them.
fn publics(items: &[Item], exported: &BTreeSet<String>, found: &mut Vec<Public>) {
    let mut add = |name: String, attributes: &[Attribute], fails| {
        if !is_hidden(attributes) {
            found.push(Public { name, docs: docs(attributes), fails });
        }
    };
    for item in items {
        let (name, visibility, attributes, signature) = match item {
            Item::Struct(item) => (&item.ident, &item.vis, &item.attrs, None),
            Item::Enum(item) => (&item.ident, &item.vis, &item.attrs, None),
            Item::Trait(item) => (&item.ident, &item.vis, &item.attrs, None),
            Item::Type(item) => (&item.ident, &item.vis, &item.attrs, None),
            Item::Const(item) => (&item.ident, &item.vis, &item.attrs, None),
            Item::Fn(item) => (&item.sig.ident, &item.vis, &item.attrs, Some(&item.sig)),
            Item::Macro(syn::ItemMacro { ident: Some(name), attrs, .. })
                if attrs.iter().any(|one| one.path().is_ident("macro_export")) =>
            {
                add(name.to_string(), attrs, false);
                continue;
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let syn::Type::Path(of) = item.self_ty.as_ref() else { continue };
                let of = of.path.segments.last().unwrap().ident.to_string();
                for method in &item.items {
                    if let ImplItem::Fn(method) = method
                        && exported.contains(&of)
                        && is_public(&method.vis)
                    {
                        add(format!("{of}::{}", method.sig.ident), &method.attrs, fails(&method.sig));
                    }
                }
                continue;
            }
            _ => continue,
        };
        let name = name.to_string();
        if !is_public(visibility) || !exported.contains(&name) {
            continue;
        }
        add(name.clone(), attributes, signature.is_some_and(fails));
        if let Item::Trait(item) = item {
            for method in &item.items {
                if let TraitItem::Fn(method) = method {
                    add(format!("{name}::{}", method.sig.ident), &method.attrs, fails(&method.sig));
                }
            }
        }
    }
}

fn is_plumbing(item: &Public) -> bool {
    PLUMBING.contains(&item.name.split("::").next().unwrap())
}

/// The public items, and the code of all examples.
fn library() -> (Vec<Public>, String) {
    let files = sources::files("secure-forms").unwrap();
    let files: Vec<(String, Vec<Item>, String)> = files
        .into_iter()
        .filter(|(file, _)| file != "__private.rs")
        .map(|(file, text)| {
            let parsed = syn::parse_file(&text).unwrap();
            let written: Vec<&str> = text.lines().filter_map(|line| line.trim_start().strip_prefix("//")).collect();
            let written: Vec<&str> = written.iter().filter_map(|line| line.strip_prefix(['/', '!'])).collect();
            (file, parsed.items, written.join("\n"))
        })
        .collect();
    let mut exported = BTreeSet::new();
    for (file, items, _) in &files {
        let is_room = [
            "lib.rs",
            "form/mod.rs",
            "guard/mod.rs",
            "html/mod.rs",
            "query/mod.rs",
            "render/mod.rs",
            "route/mod.rs",
            "session/mod.rs",
        ];
        if is_room.contains(&file.as_str()) {
            handed_on(items, &mut exported);
        }
    }
    let mut found = Vec::new();
    files.iter().for_each(|(_, items, _)| publics(items, &exported, &mut found));
    let mut code: String = files.iter().map(|(_, _, docs)| examples(docs)).collect();
    code.push_str(include_str!("../secure-forms/docs/example.rs"));
    (found, code)
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

#[test]
fn nine_items_of_ten_are_shown_by_an_example() {
    let (items, code) = library();
    let shown = words(&code);
    let is_shown = |item: &&Public| shown.contains(item.name.rsplit("::").next().unwrap());
    let (plumbing, items): (Vec<Public>, Vec<Public>) = items.into_iter().partition(is_plumbing);
    let missing: Vec<&str> = items.iter().filter(|item| !is_shown(item)).map(|item| item.name.as_str()).collect();
    let shown = items.len() - missing.len();
    let share = shown * 100 / items.len();
    println!(
        "{} public items above plumbing ({}), {shown} shown by an example: {share} %",
        items.len(),
        plumbing.len()
    );
    assert!(share >= LEAST, "{share} %; not shown: {missing:#?}");
}

#[test]
fn what_can_fail_says_when() {
    let (items, _) = library();
    let silent: Vec<&str> = items
        .iter()
        .filter(|item| item.fails && !item.docs.contains("# Errors"))
        .map(|item| item.name.as_str())
        .collect();
    assert!(silent.is_empty(), "no `# Errors`: {silent:#?}");
}

#[test]
fn what_weakens_a_promise_says_what_it_costs() {
    let (items, _) = library();
    let is_dangerous = |item: &&Public| item.name.contains("dangerously");
    assert!(items.iter().any(|item| is_dangerous(&item)));
    let silent: Vec<&str> = items
        .iter()
        .filter(|item| is_dangerous(item) && !item.docs.contains("# Security"))
        .map(|item| item.name.as_str())
        .collect();
    assert!(silent.is_empty(), "no `# Security`: {silent:#?}");
}
