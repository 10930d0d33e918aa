//! The keys of `#[form(…)]`, of `#[choice(…)]` on an enum and on its variants, of `#[routes(…)]` and of `#[readable(…)]`.

use super::{Fits, Key, Row, Value};

/// A key of a form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormKey {
    Name,
    Method,
    Context,
    Check,
    Unknown,
    Crate,
}

impl Key for FormKey {
    const ALL: &'static [Self] = &[Self::Name, Self::Method, Self::Context, Self::Check, Self::Unknown, Self::Crate];

    fn row(self) -> &'static Row {
        match self {
            Self::Name => &NAME,
            Self::Method => &METHOD,
            Self::Context => &CONTEXT,
            Self::Check => &CHECK,
            Self::Unknown => &UNKNOWN,
            Self::Crate => &CRATE,
        }
    }
}

/// A key of what has no other: a choice, a `Readable` type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CrateKey {
    Crate,
}

impl Key for CrateKey {
    const ALL: &'static [Self] = &[Self::Crate];

    fn row(self) -> &'static Row {
        match self {
            Self::Crate => &CRATE,
        }
    }
}

/// A key of a variant of a choice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum VariantKey {
    Value,
    Label,
}

impl Key for VariantKey {
    const ALL: &'static [Self] = &[Self::Value, Self::Label];

    fn row(self) -> &'static Row {
        match self {
            Self::Value => &VALUE,
            Self::Label => &LABEL,
        }
    }
}

/// A key of an enum of routes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoutesKey {
    Crate,
    Handlers,
}

impl Key for RoutesKey {
    const ALL: &'static [Self] = &[Self::Crate, Self::Handlers];

    fn row(self) -> &'static Row {
        match self {
            Self::Crate => &CRATE,
            Self::Handlers => &HANDLERS,
        }
    }
}

const fn row(name: &'static str, value: Value, example: &'static str, does: &'static str) -> Row {
    Row::new(name, value, Fits::All, example, does)
}

const NAME: Row = row(
    "name",
    Value::Text,
    "name = \"sign-up\"",
    "Begins the ids of the form's controls. Without it, the struct's name in small letters with hyphens.",
);
const METHOD: Row = row(
    "method",
    Value::Named("`get` or `post`"),
    "method = get",
    "How the form is sent. `get` is for a form that only reads, such as a search: it has no token, \
     and no secret or file fits into its URL. Without it, `post`.",
);
const CONTEXT: Row =
    row("context", Value::Named("a type"), "context = App", "What the checks get a reference to, besides the value.");
const CHECK: Row = row(
    "check",
    Value::Named("the path of a function"),
    "check = function",
    "A function of the whole form, and of its context if it has one, that gives `Result<(), \
     Invalid>`; called once every field is good. May stand several times.",
)
.repeats();
const UNKNOWN: Row = row(
    "unknown",
    Value::Named("`ignore` or `reject`"),
    "unknown = reject",
    "What happens with fields that the form does not have. Without it, `ignore`.",
);
const CRATE: Row = row(
    "crate",
    Value::Named("the path of the crate"),
    "crate = ::forms",
    "Where `secure_forms` is, if it goes by another name or is re-exported.",
);
const VALUE: Row = row(
    "value",
    Value::Text,
    "value = \"at\"",
    "The value on the wire. Without it, the variant's name in small letters with hyphens.",
);
const LABEL: Row = row(
    "label",
    Value::Text,
    "label = \"Austria\"",
    "The words of the entry. Without it they are made of the variant's name.",
);
const HANDLERS: Row = row(
    "handlers",
    Value::Named("the name of a struct"),
    "handlers = PageTable",
    "The name of the struct of handlers, one for each route. Without it, the name of the enum and \
     `Handlers`.",
);
