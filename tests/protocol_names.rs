//! A name that browser and server share is spelled once, in `protocol` of secure-forms-core, or taken from the `http` crate: two spellings part in
//! silence, and a form whose token stands in another field is one without a token.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use proc_macro2::{TokenStream, TokenTree};
use secure_forms_tests::sources::files;
use syn::{Expr, ExprLit, Item, Lit};

const PACKAGES: [&str; 5] =
    ["secure-forms-core", "secure-forms-pattern", "secure-forms-sql", "secure-forms-derive", "secure-forms"];

/// The module of the names.
const MODULE: (&str, &str) = ("secure-forms-core", "protocol.rs");

/// Headers with a constant in the `http` crate; those that are one word have other meanings, too.
const OF_HTTP: [&str; 14] = [
    "accept-language",
    "cache-control",
    "content-disposition",
    "content-length",
    "content-security-policy",
    "content-type",
    "if-none-match",
    "referrer-policy",
    "retry-after",
    "set-cookie",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
    "x-xss-protection",
];

/// The same word with another meaning: file and word.
const OTHER_MEANINGS: [(&str, &str); 1] = [
    // A type of link (HTML Standard, 4.6.7.11).
    ("check/html/rule.rs", "next"),
];

/// The names of the module.
fn names(text: &str) -> Vec<String> {
    let items = syn::parse_file(text).unwrap().items.into_iter();
    let name = |item| match item {
        Item::Const(item) => match *item.expr {
            Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => Some(name.value()),
            _ => None,
        },
        _ => None,
    };
    items.filter_map(name).collect()
}

/// The texts of a file's literals, not those of its documentation and its unit tests.
fn literals(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (&tokens[..at], token) {
            ([.., TokenTree::Ident(keyword), TokenTree::Ident(name)], TokenTree::Group(_))
                if keyword == "mod" && name == "tests" => {}
            ([TokenTree::Ident(doc), TokenTree::Punct(_)], _) if doc == "doc" => {}
            (_, TokenTree::Group(group)) => literals(group.stream(), found),
            (_, TokenTree::Literal(literal)) => match Lit::new(literal.clone()) {
                Lit::Str(text) => found.push(text.value()),
                Lit::ByteStr(text) => found.push(String::from_utf8_lossy(&text.value()).into_owned()),
                _ => {}
            },
            _ => {}
        }
    }
}

/// The names that a file spells itself: a literal is one, or has one as a word and is no sentence.
fn spelled(text: &str, names: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    literals(text.parse().unwrap(), &mut all);
    let is_of_a_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let is_name = |word: &str| {
        let is = |name: &str| match name.contains('-') {
            // A prefix of cookies' names makes a name of whatever stands behind it.
            true if name.starts_with("__") && name.ends_with('-') => word.starts_with(name),
            true => word.eq_ignore_ascii_case(name),
            // A field: in capitals it is a word of another language.
            false => word == name,
        };
        names.iter().map(String::as_str).chain(OF_HTTP).any(is)
    };
    let no_sentences = all.iter().filter(|text| !text.contains(' '));
    let words = no_sentences.flat_map(|text| text.split(|c| !is_of_a_name(c)));
    words.filter(|word| is_name(word)).map(str::to_owned).collect()
}

#[test]
fn a_protocol_name_is_spelled_once() {
    let (package, file) = MODULE;
    let module = files(package).unwrap().into_iter().find(|(name, _)| name == file).unwrap().1;
    let names = names(&module);
    assert!(names.len() > 15 && names.contains(&"csrf_token".to_owned()), "{names:?}");
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), names.len(), "each once");

    let mut found = Vec::new();
    for package in PACKAGES {
        for (file, text) in files(package).unwrap().into_iter().filter(|(file, _)| (package, file.as_str()) != MODULE) {
            let mut spelled = spelled(&text, &names);
            spelled.retain(|word| !OTHER_MEANINGS.contains(&(file.as_str(), word.as_str())));
            found.extend(spelled.into_iter().map(|word| format!("{package}/src/{file} spells `{word}`")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_second_spelling_is_found() {
    let names = ["csrf_token", "next", "__Host-"].map(str::to_owned);
    let of = |text: &str| spelled(text, &names);
    assert_eq!(of("fn f() { match x { \"csrf_token\" => 1, b\"next\" => 2, \"NEXT\" => 3 } }"), ["csrf_token", "next"]);
    assert_eq!(
        of("const A: &str = \"__Host-other\"; fn f() { g(\"content-type\") }"),
        ["__Host-other", "content-type"]
    );
    assert_eq!(of("fn f() { format!(\"{mark}next={}\", 1) }"), ["next"]);
}

#[test]
fn documentation_tests_and_sentences_may_name_it() {
    let names = ["csrf_token", "next"].map(str::to_owned);
    let text = "/// next\n#[doc = \"next\"]\nfn f() { g(\"the next one\"); next(); }\nmod tests { const A: &str = \"csrf_token\"; }";
    assert_eq!(spelled(text, &names), [""; 0]);
}
