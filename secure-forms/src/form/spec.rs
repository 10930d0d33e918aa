//! The const tables that the derive writes: one [`FormSpec`] per form. The binder, the renderer and the adapters all read
//! the same table, so that what a page says and what the server checks cannot differ.

use super::rule::Rule;

pub use super::shape::{Input, Offer, Presence, Shape, TICKED};

/// One form.
#[derive(Debug)]
#[non_exhaustive]
pub struct FormSpec {
    /// The form's name, with which the ids of its controls begin: not empty, without white space (HTML Standard, 3.2.6).
    pub name: &'static str,
    /// The struct with the path of its module: two forms of one name in two modules are two forms.
    pub path: &'static str,
    /// Its fields, in order.
    pub fields: &'static [FieldSpec],
    /// What happens to a field that the form does not have.
    pub unknown: Unknown,
}

/// What happens to a field that the form does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// It is not looked at.
    #[default]
    Ignore,
    /// The submission is rejected.
    Reject,
}

/// One field. `shape` comes from its type, the rest from its attributes.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldSpec {
    /// Name on the wire.
    pub name: &'static str,
    /// Label for people.
    pub label: &'static str,
    /// A hint below the label.
    pub help: Option<&'static str>,
    /// What its type says.
    pub shape: Shape,
    /// How it is shown, where the attributes say other than its type.
    pub widget: Option<Input>,
    /// Whether white space at both ends is cut off.
    pub trim: Trim,
    /// Whether line breaks are text.
    pub lines: Lines,
    /// What its text and its number must hold, in order.
    pub rules: &'static [Rule],
    /// The sentence for whatever is wrong with it, where no rule has its own.
    pub message: Option<&'static str>,
    /// The `autocomplete` attribute (HTML Standard, 4.10.18.7).
    pub autocomplete: Option<&'static str>,
    /// Media types that a file field takes; empty: all.
    pub accept: &'static [&'static str],
    /// The most bytes that a file field takes.
    pub max_size: u64,
}

/// Whether white space (Unicode `White_Space`) at both ends is cut off before anything is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trim {
    /// It is cut off.
    Both,
    /// The text stays as it came.
    No,
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// No control characters.
    One,
    /// TAB, CR and LF are text, other control characters are not.
    Many,
}

/// The tables are made here: `const` functions with defaults, so that a new property breaks no generated code.
impl FormSpec {
    /// A form of these fields.
    pub const fn new(name: &'static str, path: &'static str, fields: &'static [FieldSpec]) -> Self {
        Self { name, path, fields, unknown: Unknown::Ignore }
    }

    /// Rejects fields that the form does not have.
    #[must_use]
    pub const fn reject_unknown(mut self) -> Self {
        self.unknown = Unknown::Reject;
        self
    }

    /// Whether some field is secret: such a form must not be sent in an address.
    pub const fn holds_secrets(&self) -> bool {
        let mut at = 0;
        while at < self.fields.len() {
            if self.fields[at].shape.is_secret() {
                return true;
            }
            at += 1;
        }
        false
    }

    /// Whether some field takes a file, so that the form must be sent as multipart.
    pub const fn takes_files(&self) -> bool {
        let mut at = 0;
        while at < self.fields.len() {
            if matches!(self.fields[at].shape.input, Input::File) {
                return true;
            }
            at += 1;
        }
        false
    }
}

impl FieldSpec {
    /// A field of this name, label and shape, without attributes.
    pub const fn new(name: &'static str, label: &'static str, shape: Shape) -> Self {
        // What nobody types is taken as it was rendered or not at all.
        let is_typed = !matches!(shape.input, Input::Password | Input::File | Input::Checkbox | Input::Select);
        let trim = if is_typed && !shape.is_secret() { Trim::Both } else { Trim::No };
        Self {
            name,
            label,
            help: None,
            shape,
            widget: None,
            trim,
            lines: Lines::One,
            rules: &[],
            message: None,
            autocomplete: None,
            accept: &[],
            max_size: DEFAULT_MAX_SIZE,
        }
    }

    /// `help = "…"`.
    #[must_use]
    pub const fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }

    /// `hidden`, `search`, `tel`, …: another control than the type's.
    #[must_use]
    pub const fn widget(mut self, widget: Input) -> Self {
        self.widget = Some(widget);
        self
    }

    /// `trim` or `trim = false`.
    #[must_use]
    pub const fn trim(mut self, trim: Trim) -> Self {
        self.trim = trim;
        self
    }

    /// `multiline`: a text area, which is not trimmed.
    #[must_use]
    pub const fn multiline(mut self) -> Self {
        self.lines = Lines::Many;
        self.trim = Trim::No;
        self
    }

    /// The rules, in order.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// `message = "…"`.
    #[must_use]
    pub const fn message(mut self, message: &'static str) -> Self {
        self.message = Some(message);
        self
    }

    /// `autocomplete = "…"`.
    #[must_use]
    pub const fn autocomplete(mut self, autocomplete: &'static str) -> Self {
        self.autocomplete = Some(autocomplete);
        self
    }

    /// `accept = ["image/png"]`.
    #[must_use]
    pub const fn accept(mut self, accept: &'static [&'static str]) -> Self {
        self.accept = accept;
        self
    }

    /// `max_size = "2MiB"`, in bytes.
    #[must_use]
    pub const fn max_size(mut self, bytes: u64) -> Self {
        self.max_size = bytes;
        self
    }

    /// The control that shows it.
    pub const fn input(&self) -> Input {
        match self.widget {
            Some(widget) => widget,
            None => self.shape.input,
        }
    }
}

/// The most bytes of a file field that says nothing: 2 MiB.
const DEFAULT_MAX_SIZE: u64 = 2 << 20;
