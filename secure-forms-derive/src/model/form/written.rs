//! A form as it is written: tokens of the user stay as they are, so that messages point at them. It may contradict itself.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use secure_forms_core::value::step::Decimal;
use secure_forms_pattern::Options;
use syn::{Expr, Generics, Lifetime, LitStr, Path, Type};

use super::{Format, Method, Number, Widget};
use crate::model::root::Root;

/// One struct.
pub(crate) struct Form {
    pub(crate) root: Root,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) lifetime: Option<Lifetime>,
    pub(crate) name: String,
    /// Where the name is written, if it is.
    pub(crate) name_span: Option<Span>,
    /// The struct of the field names.
    pub(crate) names: Ident,
    pub(crate) method: Method,
    pub(crate) context: Option<Type>,
    pub(crate) checks: Vec<Path>,
    pub(crate) rejects_unknown: bool,
    pub(crate) fields: Vec<Field>,
}

/// One field.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) wire: String,
    pub(crate) wire_span: Span,
    pub(crate) label: String,
    /// Where the label is written, if it is.
    pub(crate) label_span: Option<Span>,
    pub(crate) help: Option<LitStr>,
    pub(crate) trim: Option<bool>,
    pub(crate) multiline: Option<Span>,
    pub(crate) nfc: bool,
    /// The keys that ask for another control than the type's.
    pub(crate) controls: Vec<(Widget, Ident)>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) equal_to: Option<Ident>,
    pub(crate) checks: Vec<Path>,
    pub(crate) async_checks: Vec<Path>,
    pub(crate) message: Option<LitStr>,
    pub(crate) allowed: Vec<Exception>,
    pub(crate) autocomplete: Option<LitStr>,
    pub(crate) accept: Vec<LitStr>,
    pub(crate) max_size: Option<(u64, Span)>,
    pub(crate) max_pixels: Option<u64>,
}

impl Field {
    /// Another control than the type's. What is hidden stays hidden, whatever its text is.
    pub(crate) fn widget(&self) -> Option<Widget> {
        let hidden = self.controls.iter().find(|(control, _)| *control == Widget::Hidden);
        hidden.or(self.controls.last()).map(|(control, _)| *control)
    }

    /// Whether the key `allow` names this.
    pub(crate) fn allows(&self, exception: Exception) -> bool {
        self.allowed.contains(&exception)
    }

    /// The number from which steps are counted: the least, as in a browser, else zero (HTML Standard, 4.10.5.3.8).
    pub(crate) fn least(&self) -> Decimal {
        let least = self.rules.iter().find_map(|rule| match &rule.constraint {
            Constraint::Range(bounds) => bounds.min.as_ref(),
            Constraint::Length { .. }
            | Constraint::Pattern { .. }
            | Constraint::Email(_)
            | Constraint::Format(..)
            | Constraint::OneOf(_)
            | Constraint::NoneOf(_)
            | Constraint::Step(_) => None,
        });
        match least.map(|limit| limit.value) {
            Some(Number::Integer(value)) => Decimal::new(value, 0),
            Some(Number::Float(value)) => Decimal::parse(&value.to_string()).unwrap_or(Decimal::ZERO),
            None => Decimal::ZERO,
        }
    }
}

/// A check of the macro that a field turns off by name: `allow(readable)`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exception {
    /// Characters that cannot be seen are text.
    Invisible,
    /// The name says that the text is secret, and yet anybody may read it.
    Readable,
}

/// One rule: where its key stands, what it asks, its own sentence.
pub(crate) struct Rule {
    pub(crate) key: Ident,
    pub(crate) constraint: Constraint,
    pub(crate) message: Option<LitStr>,
}

pub(crate) enum Constraint {
    Length {
        bounds: Bounds,
        unit: Option<Ident>,
    },
    Pattern {
        source: LitStr,
        options: Options,
    },
    Email(Option<Ident>),
    /// A kind of text, of this version if one is named.
    Format(Format, Option<Ident>),
    OneOf(Vec<LitStr>),
    NoneOf(Vec<LitStr>),
    Range(Bounds),
    Step(Decimal),
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
    pub(crate) value: Number,
}

impl Limit {
    /// The number as a person writes it.
    pub(crate) fn spelled(&self) -> String {
        self.expr.to_token_stream().to_string().replace(' ', "")
    }
}
