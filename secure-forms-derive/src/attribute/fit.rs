//! Which keys fit which fields: one table of all keys, and what the name of a type tells.

use crate::diagnostic::{Message, article, list};
use crate::model::holds::Holds;

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    All,
    Text,
    Numbers,
    /// What a person types: text and numbers.
    Typed,
    Files,
}

/// All keys, in the order in which the docs tell them.
const KEYS: [(&str, For); 33] = [
    ("label", For::All),
    ("help", For::All),
    ("rename", For::All),
    ("trim", For::Text),
    ("nfc", For::Text),
    ("allow", For::Text),
    ("multiline", For::Text),
    ("hidden", For::All),
    ("search", For::Text),
    ("tel", For::Text),
    ("url", For::Text),
    ("length", For::Text),
    ("pattern", For::Text),
    ("email", For::Text),
    ("uuid", For::Text),
    ("ip", For::Text),
    ("mac", For::Text),
    ("hostname", For::Text),
    ("slug", For::Text),
    ("color", For::Text),
    ("date", For::Text),
    ("time", For::Text),
    ("one_of", For::Text),
    ("none_of", For::Text),
    ("range", For::Numbers),
    ("step", For::Numbers),
    ("equal_to", For::Typed),
    ("check", For::All),
    ("message", For::All),
    ("autocomplete", For::Typed),
    ("accept", For::Files),
    ("max_size", For::Files),
    ("max_pixels", For::Files),
];

/// The names of all keys.
pub(super) fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter().map(|(key, _)| key)
}

/// `an `Option<u8>` field`
pub(super) fn with_article(ty: &str) -> String {
    format!("{} field", article(ty))
}

/// The keys that make sense for a type.
pub(super) fn fitting(holds: Holds) -> impl Iterator<Item = &'static str> {
    let fits = move |key_for| match key_for {
        _ if holds == Holds::Unknown => true,
        For::All => true,
        For::Text => holds == Holds::Text,
        For::Numbers => holds == Holds::Number,
        For::Typed => matches!(holds, Holds::Text | Holds::Number),
        For::Files => holds == Holds::File,
    };
    KEYS.into_iter().filter_map(move |(key, key_for)| fits(key_for).then_some(key))
}

/// A key that such a field does not have.
pub(super) fn misfit(key: &str, field: &str, holds: Holds, fitting: &[&str]) -> Message {
    let key_for = KEYS.iter().find(|(name, _)| *name == key).map(|(_, key_for)| *key_for);
    let whose = match key_for {
        Some(For::Text) => "text",
        Some(For::Numbers) => "numbers",
        Some(For::Typed) => "text and numbers",
        _ => "files",
    };
    let mend = match (key, holds) {
        ("length", Holds::Number) => "the limits of a number are `range(1..=10)`; ",
        ("range", Holds::Text) => "the limits of a text are `length(3..=32)`; ",
        ("uuid", Holds::Number) => "write the type as `Uuid` without `uuid`, or as `String` with it; ",
        ("pattern" | "one_of" | "none_of", Holds::Number) => "write `range(1..=10)` or `check = function`; ",
        _ => "",
    };
    let help = format!("{mend}{field} takes {}", list(fitting.iter().copied()));
    Message::new(format_args!("`{key}` is for {whose}, not for {field}")).help(help)
}
