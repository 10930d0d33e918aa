//! Who adds a key, a dialect or a control has to decide at every place what it means there: a match on one of these enums names each variant.
//! Behind `_ =>` a forgotten one would silently mean something else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails where it stands")]

use std::collections::BTreeSet;

use secure_forms_tests::sources::files;
use syn::visit::{self, Visit};
use syn::{ExprMatch, ItemImpl, Pat, Path, Type};

/// Enums that grow: keys of attributes, what they hold, and what becomes of it.
const GROWING: [&str; 36] = [
    "CallArguments",
    "Constraint",
    "CrateKey",
    "Dialect",
    "EmailLevel",
    "Engine",
    "Exception",
    "Fits",
    "FieldKey",
    "FormKey",
    "FormMethod",
    "Format",
    "HeaderVerdict",
    "Holds",
    "Input",
    "Invisible",
    "JoinCondition",
    "KeyUse",
    "Lines",
    "Marker",
    "NoTable",
    "PerlClasses",
    "Place",
    "Presence",
    "ReturnToPolicy",
    "RoutePart",
    "RoutesKey",
    "SameSite",
    "Scope",
    "TableKind",
    "TextFormat",
    "Transport",
    "Trim",
    "Unknown",
    "VariantKey",
    "Widget",
];

/// The matches of a file that hide variants of such an enum.
#[derive(Default)]
struct Hidden {
    /// What `Self` is.
    own: Option<String>,
    found: Vec<String>,
}

impl Hidden {
    /// The enum whose variant the pattern names.
    fn growing(&self, pattern: &Pat) -> Option<String> {
        let named = |path: &Path| {
            let of = path.segments.iter().rev().nth(1)?.ident.to_string();
            let of = if of == "Self" { self.own.clone()? } else { of };
            GROWING.contains(&of.as_str()).then_some(of)
        };
        match pattern {
            Pat::Path(pattern) => named(&pattern.path),
            Pat::TupleStruct(pattern) => named(&pattern.path),
            Pat::Struct(pattern) => named(&pattern.path),
            Pat::Reference(pattern) => self.growing(&pattern.pat),
            Pat::Paren(pattern) => self.growing(&pattern.pat),
            Pat::Guard(pattern) => self.growing(&pattern.pat),
            Pat::Or(pattern) => pattern.cases.iter().find_map(|case| self.growing(case)),
            _ => None,
        }
    }
}

/// The patterns of an arm, one for each value that is matched.
fn columns(pattern: &Pat) -> Vec<&Pat> {
    match pattern {
        Pat::Tuple(tuple) => tuple.elems.iter().collect(),
        Pat::Guard(pattern) => columns(&pattern.pat),
        one => vec![one],
    }
}

/// `_`, or a name that takes whatever is there; with a guard it does not.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(pattern) => pattern.subpat.is_none(),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Hidden {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        let outer = self.own.take();
        if let Type::Path(ty) = &*item.self_ty {
            self.own = ty.path.segments.last().map(|last| last.ident.to_string());
        }
        visit::visit_item_impl(self, item);
        self.own = outer;
    }

    fn visit_expr_match(&mut self, expr: &'ast ExprMatch) {
        let mut growing = BTreeSet::new();
        for arm in &expr.arms {
            let columns = columns(&arm.pat).into_iter().enumerate();
            growing.extend(columns.filter_map(|(at, pattern)| Some((at, self.growing(pattern)?))));
        }
        for arm in expr.arms.iter().filter(|arm| !matches!(arm.pat, Pat::Guard(_))) {
            let columns = columns(&arm.pat);
            let hides = |at: &usize| takes_all(columns.get(*at).copied().unwrap_or(&arm.pat)) || takes_all(&arm.pat);
            self.found.extend(growing.iter().filter(|(at, _)| hides(at)).map(|(_, of)| of.clone()));
        }
        visit::visit_expr_match(self, expr);
    }
}

fn hidden(text: &str) -> Vec<String> {
    let mut hidden = Hidden::default();
    hidden.visit_file(&syn::parse_file(text).unwrap());
    hidden.found
}

#[test]
fn every_match_on_what_grows_names_each_variant() {
    let packages =
        ["secure-forms-core", "secure-forms-pattern", "secure-forms-sql", "secure-forms-derive", "secure-forms"];
    let mut found = Vec::new();
    for package in packages {
        let files = files(package).unwrap().into_iter().map(|(file, text)| (file, hidden(&text)));
        found.extend(files.filter(|(_, hidden)| !hidden.is_empty()).map(|(file, hidden)| (package, file, hidden)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_variant_that_is_hidden_is_found() {
    let of = |arms: &str| hidden(&format!("impl Key for FieldKey {{ fn f(self) {{ match x {{ {arms} }} }} }}"));
    assert_eq!(of("Self::Label => 1, _ => 2"), ["FieldKey"]);
    assert_eq!(of("Dialect::Sqlite => 1, other => 2"), ["Dialect"]);
    assert_eq!(of("(FormKey::Name | FormKey::Crate, Some(1)) => 1, (_, None) => 2"), ["FormKey"]);
    assert_eq!(of("(Format::Ip, None) => 1, _ => 2"), ["Format"]);
    assert_eq!(of("&crate::a::Input::Text => { match y { Input::Url => 1, _ => 2 } } &Input::Url => 3"), ["Input"]);
}

#[test]
fn a_match_that_names_all_or_is_on_something_else_is_none() {
    let of = |arms: &str| hidden(&format!("impl Key for FieldKey {{ fn f(self) {{ match x {{ {arms} }} }} }}"));
    assert_eq!(of("Self::Label => 1, Self::Help => 2"), [""; 0]);
    assert_eq!(of("Self::Label if a => 1, _ if b => 2, Self::Help => 2"), [""; 0]);
    assert_eq!(of("Other::Label => 1, _ => 2"), [""; 0]);
    assert_eq!(of("(Format::Ip, 1) => 1, (Format::Ip | Format::Mac, _) => 2"), [""; 0]);
}
