//! The methods that a file defines, each with the type or trait whose it is, and the names of those that it calls.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{ImplItem, ItemImpl, ItemMod, ItemTrait, Signature, TraitItem, Type};

/// A method, and the path to its type or trait as it is written there.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Method {
    pub(crate) name: String,
    pub(crate) owner: Vec<String>,
}

/// The methods that a file's types and traits define. What implements a trait for a type gives a method no second place.
pub(crate) fn methods(text: &str) -> BTreeSet<Method> {
    let mut found = Methods::default();
    found.visit_file(&syn::parse_file(text).unwrap());
    found.0
}

#[derive(Default)]
struct Methods(BTreeSet<Method>);

impl Methods {
    fn add(&mut self, signature: &Signature, owner: &[String]) {
        if signature.receiver().is_some() {
            self.0.insert(Method { name: signature.ident.to_string(), owner: owner.to_vec() });
        }
    }
}

impl<'ast> Visit<'ast> for Methods {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        if let (None, Type::Path(owner)) = (&item.trait_, &*item.self_ty) {
            let owner: Vec<String> = owner.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            for item in &item.items {
                if let ImplItem::Fn(method) = item {
                    self.add(&method.sig, &owner);
                }
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        for method in &item.items {
            if let TraitItem::Fn(method) = method {
                self.add(&method.sig, &[item.ident.to_string()]);
            }
        }
        visit::visit_item_trait(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }
}

/// The methods that a file calls, also in what it hands to macros; not those of its unit tests.
pub(crate) fn calls(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    walk(text.parse().unwrap(), &mut found);
    found
}

fn walk(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (&tokens[..at], token) {
            ([.., TokenTree::Ident(keyword), TokenTree::Ident(name)], TokenTree::Group(_))
                if keyword == "mod" && name == "tests" => {}
            (_, TokenTree::Group(group)) => walk(group.stream(), found),
            (before, TokenTree::Ident(name)) if is_after_dot(before) && is_called(&tokens[at + 1..]) => {
                found.insert(name.to_string());
            }
            _ => {}
        }
    }
}

/// After one dot; two are a range.
fn is_after_dot(before: &[TokenTree]) -> bool {
    let is_dot = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '.');
    before.last().is_some_and(is_dot) && !before.iter().rev().nth(1).is_some_and(is_dot)
}

/// Arguments follow, or `::<…>` and then arguments.
fn is_called(behind: &[TokenTree]) -> bool {
    match behind.first() {
        Some(TokenTree::Group(_)) => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
        _ => false,
    }
}

#[test]
fn calls_are_found_in_macros_as_well() {
    let of = |code: &str| calls(&format!("fn f() {{ {code} }}")).into_iter().collect::<Vec<_>>();
    assert_eq!(of("a.b(1).c::<D, E>(); html! { p { (self.d(1)) } }"), ["b", "c", "d"]);
    assert_eq!(of("0..len(a); a.b; b(c); \".b()\""), [""; 0]);
}

#[test]
fn a_method_is_told_with_its_owner() {
    let found = methods(
        "impl<T> super::A<T> { fn a(&self) {} fn new() {} } trait B { fn b(&self); } impl B for C { fn b(&self) {} }",
    );
    let told: Vec<String> =
        found.iter().map(|method| format!("{}: {}", method.name, method.owner.join("::"))).collect();
    assert_eq!(told, ["a: super::A", "b: B"]);
}
