//! The one table of all attribute keys: one enum for each item that carries keys, and for each key a row that says how it is spelled, what
//! stands behind it, where it fits, an example and what it does. Reading, messages and the reference in the docs all read here, and
//! every match on a key names each: a new key is a variant, and the compiler lists what has to be decided for it.

mod field;
mod format;
mod item;
#[cfg(test)]
mod reference;

use std::fmt;

pub(crate) use self::field::FieldKey;
pub(crate) use self::item::{CrateKey, FormKey, RoutesKey, VariantKey};
use crate::model::holds::Holds;

/// The keys of one kind of item.
pub(crate) trait Key: Copy + PartialEq + 'static {
    /// All of them, in the order in which the docs tell them.
    const ALL: &'static [Self];

    /// What is known of the key.
    fn row(self) -> &'static Row;

    /// The key of this spelling.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.row().name == name)
    }
}

/// What is known of one key.
pub(crate) struct Row {
    /// How it is spelled.
    pub(crate) name: &'static str,
    /// What stands behind it.
    pub(crate) value: Value,
    /// Where it makes sense.
    pub(crate) fits: Fits,
    /// The key with a value, ready to paste into its attribute.
    pub(crate) example: &'static str,
    /// What it does, for the reference: one or two sentences.
    #[cfg_attr(not(test), expect(dead_code, reason = "the reference is a file, which a test compares with this"))]
    pub(crate) does: &'static str,
    /// Whether one item may have it several times.
    pub(crate) repeats: bool,
    /// For a field that it does not fit: what is written there instead.
    pub(crate) instead: Option<(Holds, &'static str)>,
}

impl Row {
    const fn new(name: &'static str, value: Value, fits: Fits, example: &'static str, does: &'static str) -> Self {
        Self { name, value, fits, example, does, repeats: false, instead: None }
    }

    const fn repeats(mut self) -> Self {
        self.repeats = true;
        self
    }

    const fn instead(mut self, on: Holds, write: &'static str) -> Self {
        self.instead = Some((on, write));
        self
    }
}

/// What stands behind a key.
#[derive(Clone, Copy)]
pub(crate) enum Value {
    /// `key = "text"`
    Text,
    /// `key`, or `key = false`
    Flag,
    /// `key = …`, of this kind.
    Named(&'static str),
    /// `key(…)`, with this inside.
    Arguments(&'static str),
    /// `key`, or `key(…)` with this inside.
    OptionalArguments(&'static str),
}

impl fmt::Display for Value {
    /// What a message expects, and what the reference says.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => out.write_str("text in quotes"),
            Self::Flag => out.write_str("`true` or `false`"),
            Self::Named(what) => out.write_str(what),
            Self::Arguments(inside) => write!(out, "in parentheses: {inside}"),
            Self::OptionalArguments(inside) => write!(out, "none, or in parentheses: {inside}"),
        }
    }
}

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fits {
    All,
    Text,
    Numbers,
    /// What a person types: text and numbers.
    Typed,
    Files,
}

impl Fits {
    /// Whether such a field takes the key; of a type that is not known the compiler will tell.
    pub(crate) fn takes(self, holds: Holds) -> bool {
        holds == Holds::Unknown
            || match self {
                Self::All => true,
                Self::Text => holds == Holds::Text,
                Self::Numbers => holds == Holds::Number,
                Self::Typed => matches!(holds, Holds::Text | Holds::Number),
                Self::Files => holds == Holds::File,
            }
    }

    /// Whom a message names.
    pub(crate) fn whose(self) -> &'static str {
        match self {
            Self::All => "every field",
            Self::Text => "text",
            Self::Numbers => "numbers",
            Self::Typed => "text and numbers",
            Self::Files => "files",
        }
    }
}
