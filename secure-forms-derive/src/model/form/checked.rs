//! A form without a mistake, as it is expanded: words have become values, patterns tables, and the name of another field its place. What
//! stands here cannot contradict itself, so that nothing is compared again.

use std::rc::Rc;

use proc_macro2::Ident;
use secure_forms_core::value::count;
use secure_forms_core::value::format::TextFormat;
use secure_forms_core::value::step::Decimal;
use secure_forms_pattern::Compiled;
#[cfg(feature = "regex")]
use secure_forms_pattern::ForRegex;
use syn::{Generics, Lifetime, LitStr, Path, Type};

use super::{Method, Number, Widget};
use crate::model::root::Root;

/// What the impls of a form need, with or without its content.
pub(crate) struct Head {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) lifetime: Option<Lifetime>,
    /// The struct of the field names.
    pub(crate) names: Ident,
    pub(crate) method: Method,
    pub(crate) context: Option<Type>,
}

/// A form that has mistakes: enough for the rest of a program to type-check beside it.
pub(crate) struct Stub {
    pub(crate) head: Head,
    pub(crate) generics: Generics,
    pub(crate) fields: Vec<Named>,
}

/// One struct.
pub(crate) struct Form {
    pub(crate) head: Head,
    pub(crate) name: String,
    pub(crate) checks: Vec<Path>,
    pub(crate) rejects_unknown: bool,
    pub(crate) fields: Vec<Field>,
}

/// What a field is called.
pub(crate) struct Named {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) wire: String,
    pub(crate) label: String,
}

/// One field.
pub(crate) struct Field {
    pub(crate) named: Named,
    pub(crate) help: Option<LitStr>,
    pub(crate) trim: Option<bool>,
    pub(crate) multiline: bool,
    pub(crate) nfc: bool,
    pub(crate) allows_invisible: bool,
    pub(crate) widget: Option<Widget>,
    pub(crate) rules: Vec<Rule>,
    /// The place of the field that this one repeats.
    pub(crate) equal_to: Option<usize>,
    pub(crate) checks: Vec<Path>,
    pub(crate) async_checks: Vec<Path>,
    pub(crate) message: Option<LitStr>,
    pub(crate) autocomplete: Option<LitStr>,
    /// By the names that browsers know.
    pub(crate) accept: Vec<String>,
    pub(crate) max_size: Option<u64>,
    pub(crate) max_pixels: Option<u64>,
}

/// One rule, and its own sentence.
pub(crate) struct Rule {
    pub(crate) constraint: Constraint,
    pub(crate) message: Option<LitStr>,
}

pub(crate) enum Constraint {
    Length { min: Option<u128>, max: Option<u128>, unit: Unit },
    Pattern(Engine),
    Email(EmailLevel),
    Format(TextFormat),
    OneOf(Vec<LitStr>),
    NoneOf(Vec<LitStr>),
    Range { min: Option<Number>, max: Option<Number> },
    Step { step: Decimal, base: Decimal },
}

/// What a length counts. Not the enum of core: there the last one is a feature, which the runtime has and the macros need not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Utf16,
    Chars,
    Bytes,
    Graphemes,
}

impl Unit {
    /// The same in core, where texts are counted; what is a cluster is not known to the macros.
    pub(crate) fn core(self) -> Option<count::Unit> {
        match self {
            Self::Utf16 => Some(count::Unit::Utf16),
            Self::Chars => Some(count::Unit::Chars),
            Self::Bytes => Some(count::Unit::Bytes),
            Self::Graphemes => None,
        }
    }
}

/// How strict an address is judged. Not the enum of core, which leaves the last one to a crate of the runtime.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EmailLevel {
    Html,
    Strict,
    Rfc,
}

/// What runs a pattern.
#[derive(Clone)]
pub(crate) enum Engine {
    Table(Rc<Compiled>),
    /// The `regex` crate, from the first use on.
    #[cfg(feature = "regex")]
    Regex(Rc<ForRegex>),
}

impl Engine {
    /// Whether the text matches; what is compiled at run time alone is not asked here, and lets it through.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Table(compiled) => compiled.matches(text),
            #[cfg(feature = "regex")]
            Self::Regex(_) => true,
        }
    }
}
