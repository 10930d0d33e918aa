//! The keys of `#[field(…)]`.

use super::{Fits, Key, Row, Value, format};
use crate::model::form::Format;
use crate::model::holds::Holds;

/// A key of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldKey {
    Label,
    Help,
    Rename,
    Trim,
    Nfc,
    Allow,
    Multiline,
    Hidden,
    Search,
    Tel,
    Length,
    Pattern,
    Email,
    /// A kind of text.
    Format(Format),
    OneOf,
    NoneOf,
    Range,
    Step,
    EqualTo,
    Check,
    Message,
    Autocomplete,
    Accept,
    MaxSize,
    MaxPixels,
}

impl Key for FieldKey {
    const ALL: &'static [Self] = &[
        Self::Label,
        Self::Help,
        Self::Rename,
        Self::Trim,
        Self::Nfc,
        Self::Allow,
        Self::Multiline,
        Self::Hidden,
        Self::Search,
        Self::Tel,
        Self::Format(Format::Url),
        Self::Length,
        Self::Pattern,
        Self::Email,
        Self::Format(Format::Uuid),
        Self::Format(Format::Ip),
        Self::Format(Format::Mac),
        Self::Format(Format::Hostname),
        Self::Format(Format::Slug),
        Self::Format(Format::Color),
        Self::Format(Format::Date),
        Self::Format(Format::Time),
        Self::OneOf,
        Self::NoneOf,
        Self::Range,
        Self::Step,
        Self::EqualTo,
        Self::Check,
        Self::Message,
        Self::Autocomplete,
        Self::Accept,
        Self::MaxSize,
        Self::MaxPixels,
    ];

    fn row(self) -> &'static Row {
        match self {
            Self::Label => &LABEL,
            Self::Help => &HELP,
            Self::Rename => &RENAME,
            Self::Trim => &TRIM,
            Self::Nfc => &NFC,
            Self::Allow => &ALLOW,
            Self::Multiline => &MULTILINE,
            Self::Hidden => &HIDDEN,
            Self::Search => &SEARCH,
            Self::Tel => &TEL,
            Self::Length => &LENGTH,
            Self::Pattern => &PATTERN,
            Self::Email => &EMAIL,
            Self::Format(format) => format::row(format),
            Self::OneOf => &ONE_OF,
            Self::NoneOf => &NONE_OF,
            Self::Range => &RANGE,
            Self::Step => &STEP,
            Self::EqualTo => &EQUAL_TO,
            Self::Check => &CHECK,
            Self::Message => &MESSAGE,
            Self::Autocomplete => &AUTOCOMPLETE,
            Self::Accept => &ACCEPT,
            Self::MaxSize => &MAX_SIZE,
            Self::MaxPixels => &MAX_PIXELS,
        }
    }
}

const LABEL: Row = Row::new(
    "label",
    Value::Text,
    Fits::All,
    "label = \"Name\"",
    "The words beside the control, and of the field in messages. Without it they are made of the \
     field's name: `display_name` is “Display name”.",
);
const HELP: Row = Row::new(
    "help",
    Value::Text,
    Fits::All,
    "help = \"Shown below the field\"",
    "A hint below the control, which a screen reader reads with it (`aria-describedby`).",
);
const RENAME: Row = Row::new(
    "rename",
    Value::Text,
    Fits::All,
    "rename = \"wire-name\"",
    "The name on the wire, of letters, digits, `_` and `-`. Without it, the field's name.",
);
const TRIM: Row = Row::new(
    "trim",
    Value::Flag,
    Fits::Text,
    "trim = false",
    "Whether white space at both ends is removed before anything is checked. Text of one line is \
     trimmed without it; a `Secret` and what is `multiline` is not.",
);
const NFC: Row = Row::new(
    "nfc",
    Value::Flag,
    Fits::Text,
    "nfc",
    "Text is composed (Unicode Normalization Form C) before it is checked, so that two spellings of \
     one text are one.",
);
const ALLOW: Row = Row::new(
    "allow",
    Value::Arguments("`invisible`, `readable`"),
    Fits::Text,
    "allow(invisible)",
    "Turns a check off by name: `invisible` takes characters that cannot be seen, `readable` a type \
     that anybody may read under a name that says secret.",
);
const MULTILINE: Row =
    Row::new("multiline", Value::Flag, Fits::Text, "multiline", "A text area, which takes line breaks.");
const HIDDEN: Row = Row::new(
    "hidden",
    Value::Flag,
    Fits::All,
    "hidden",
    "An `<input type=hidden>`: nobody sees the field, and what comes back is checked like any other.",
);
const SEARCH: Row = Row::new("search", Value::Flag, Fits::Text, "search", "A control for a search (`type=search`).");
const TEL: Row = Row::new(
    "tel",
    Value::Flag,
    Fits::Text,
    "tel",
    "A control for a telephone number (`type=tel`), which checks nothing.",
);
const LENGTH: Row = Row::new(
    "length",
    Value::Arguments("limits, `unit`, `message`"),
    Fits::Text,
    "length(3..=32)",
    "The least and the greatest length. `unit` is `utf16` (as a browser counts, the default), \
     `chars`, `bytes` or `graphemes`.",
)
.instead(Holds::Number, "the limits of a number are `range(1..=10)`; ");
const PATTERN: Row = Row::new(
    "pattern",
    Value::Arguments("a regular expression, `search`, `unicode`, `message`"),
    Fits::Text,
    "pattern(\"[a-z]+\")",
    "The whole text must match; with `search` a part of it. Compiled now to a table that takes linear \
     time (CWE-1333). May stand several times.",
)
.repeats()
.instead(Holds::Number, "write `range(1..=10)` or `check = function`; ");
const EMAIL: Row = Row::new(
    "email",
    Value::OptionalArguments("`html`, `strict` or `rfc`, `message`"),
    Fits::Text,
    "email(strict)",
    "An email address: by the browser's rule (`html`), that and a domain with a dot (`strict`, the \
     default), or by RFC 5322 (`rfc`, with the feature `email`).",
);
const ONE_OF: Row = Row::new(
    "one_of",
    Value::Arguments("texts, `message`"),
    Fits::Text,
    "one_of(\"low\", \"high\")",
    "One of these texts; for values with labels use `#[derive(Choice)]`.",
)
.instead(Holds::Number, "write `range(1..=10)` or `check = function`; ");
const NONE_OF: Row =
    Row::new("none_of", Value::Arguments("texts, `message`"), Fits::Text, "none_of(\"admin\")", "None of these texts.")
        .instead(Holds::Number, "write `range(1..=10)` or `check = function`; ");
const RANGE: Row = Row::new(
    "range",
    Value::Arguments("limits, `message`"),
    Fits::Numbers,
    "range(1..=10)",
    "The least and the greatest number.",
)
.instead(Holds::Text, "the limits of a text are `length(3..=32)`; ");
const STEP: Row = Row::new(
    "step",
    Value::Arguments("a decimal number above zero, `message`"),
    Fits::Numbers,
    "step(0.05)",
    "The number lies on steps, counted from the least of `range`, else from zero (HTML Standard, \
     4.10.5.3.8).",
);
const EQUAL_TO: Row = Row::new(
    "equal_to",
    Value::Named("the name of a field"),
    Fits::Typed,
    "equal_to = other_field",
    "The value equals that of another field of the same type, as a password that is typed twice.",
);
const CHECK: Row = Row::new(
    "check",
    Value::Named("the path of a function"),
    Fits::All,
    "check = function",
    "A function of the value, and of the form's context if it has one, that gives `Result<(), \
     Invalid>`; `check(async) = function` is waited for, and called only for a value that is good \
     otherwise. May stand several times.",
)
.repeats();
const MESSAGE: Row = Row::new(
    "message",
    Value::Text,
    Fits::All,
    "message = \"What a person reads\"",
    "The sentence for every problem of the field; inside a rule, of that rule alone.",
);
const AUTOCOMPLETE: Row = Row::new(
    "autocomplete",
    Value::Text,
    Fits::Typed,
    "autocomplete = \"new-password\"",
    "What a browser fills in (HTML Standard, 4.10.18.7.1); a token that no browser knows does not \
     compile.",
);
const ACCEPT: Row = Row::new(
    "accept",
    Value::Named("a list of texts"),
    Fits::Files,
    "accept = [\"image/png\", \"image/jpeg\"]",
    "The types of a file, found from its content: types, groups such as `image/*`, extensions such as \
     `.pdf`. Without it, all.",
);
const MAX_SIZE: Row = Row::new(
    "max_size",
    Value::Text,
    Fits::Files,
    "max_size = \"2MiB\"",
    "The most bytes of a file; units are `kB`, `MB`, `GB` (1000) and `KiB`, `MiB`, `GiB`, `TiB` (1024).",
);
const MAX_PIXELS: Row = Row::new(
    "max_pixels",
    Value::Text,
    Fits::Files,
    "max_pixels = \"12MP\"",
    "The most pixels of a picture, by its header: before a decoder makes room for them (CWE-409).",
);
