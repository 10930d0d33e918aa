//! What `derive(Form)` knows of a struct: tokens of the user stay as they are, so that messages point at them.

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
#[cfg(feature = "regex")]
use secure_forms_core::pattern::ForRegex;
use secure_forms_core::pattern::{Compiled, Options};
use secure_forms_core::value::step::Decimal;
use syn::{Expr, LitStr, Path, Type};

use crate::model::root::Root;

/// One struct.
pub(crate) struct Form {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) lifetime: Option<syn::Lifetime>,
    pub(crate) name: String,
    pub(crate) method: Method,
    pub(crate) context: Option<Type>,
    pub(crate) checks: Vec<Path>,
    pub(crate) rejects_unknown: bool,
    pub(crate) fields: Vec<Field>,
}

/// How it is sent.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Method {
    Get,
    Post,
}

/// One field.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) wire: String,
    pub(crate) wire_span: Span,
    pub(crate) label: String,
    pub(crate) help: Option<LitStr>,
    pub(crate) trim: Option<bool>,
    pub(crate) multiline: Option<Span>,
    pub(crate) nfc: bool,
    pub(crate) allows_invisible: bool,
    pub(crate) widget: Option<Widget>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) equal_to: Option<Ident>,
    pub(crate) checks: Vec<Path>,
    pub(crate) async_checks: Vec<Path>,
    pub(crate) message: Option<LitStr>,
    pub(crate) autocomplete: Option<LitStr>,
    pub(crate) accept: Vec<LitStr>,
    pub(crate) max_size: Option<(u64, Span)>,
}

/// Another control than the type's.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Widget {
    Hidden,
    Search,
    Tel,
    Url,
}

/// One rule: where its key stands, what it asks, its own sentence.
pub(crate) struct Rule {
    pub(crate) key: Ident,
    pub(crate) test: Test,
    pub(crate) message: Option<LitStr>,
}

pub(crate) enum Test {
    Length {
        bounds: Bounds,
        unit: Option<Ident>,
    },
    Pattern(Box<Pattern>),
    Email(Option<Ident>),
    /// The kind of text that the key names, of this version if one is named.
    Kind(Option<Ident>),
    OneOf(Vec<LitStr>),
    NoneOf(Vec<LitStr>),
    Range(Bounds),
    Step(Decimal),
}

/// A pattern as it was written, and as a table once `check` has compiled it.
pub(crate) struct Pattern {
    pub(crate) source: LitStr,
    pub(crate) options: Options,
    pub(crate) compiled: Option<Engine>,
}

/// What runs a pattern.
#[derive(Clone)]
pub(crate) enum Engine {
    Table(Rc<Compiled>),
    /// The `regex` crate, from the first use on.
    #[cfg(feature = "regex")]
    Regex(Rc<ForRegex>),
}

/// `a..=b`, `a..`, `..=b` or `a`, with the limits as they were written.
pub(crate) struct Bounds {
    pub(crate) min: Option<Limit>,
    pub(crate) max: Option<Limit>,
    pub(crate) tokens: TokenStream,
}

/// One limit.
#[derive(Clone)]
pub(crate) struct Limit {
    pub(crate) expr: Expr,
    pub(crate) value: LimitValue,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum LimitValue {
    Integer(i128),
    Float(f64),
}

impl Limit {
    /// The number as a person writes it.
    pub(crate) fn spelled(&self) -> String {
        self.expr.to_token_stream().to_string().replace(' ', "")
    }

    pub(crate) fn as_f64(&self) -> f64 {
        match self.value {
            LimitValue::Integer(value) => value as f64,
            LimitValue::Float(value) => value,
        }
    }
}

/// A type as a person writes it: `Option<u8>`, not `Option < u8 >`.
pub(crate) fn spelled(ty: &Type) -> String {
    let tokens = ty.to_token_stream().to_string();
    ["<", ">", "::", "&"]
        .iter()
        .fold(tokens, |text, sign| text.replace(&format!(" {sign}"), sign).replace(&format!("{sign} "), sign))
}
