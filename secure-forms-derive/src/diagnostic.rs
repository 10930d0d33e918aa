//! Mistakes of the person who writes the attributes: gathered, pointed at their token, reported together with what to write instead.

use std::collections::HashSet;
use std::fmt::{self, Write};

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Gathers every mistake of one item. Dropping it unread would hide mistakes, so [`Errors::finish`] must be called.
#[must_use]
#[derive(Default)]
pub(crate) struct Errors {
    found: Vec<syn::Error>,
}

/// One message: a first line that says what is wrong, then `help:` and `note:` lines.
pub(crate) struct Message(String);

impl Message {
    /// What is wrong: lower case, no full stop, names in backticks.
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    /// What to write instead, ready to paste.
    pub(crate) fn help(mut self, help: impl fmt::Display) -> Self {
        let _ = write!(self.0, "\nhelp: {help}");
        self
    }

    /// Why: the standard with its section, or the attack.
    pub(crate) fn note(mut self, note: impl fmt::Display) -> Self {
        let _ = write!(self.0, "\nnote: {note}");
        self
    }

    /// Adds the help only where there is one.
    #[cfg(any(feature = "web", feature = "sql"))]
    pub(crate) fn maybe_help(self, help: Option<impl fmt::Display>) -> Self {
        match help {
            Some(help) => self.help(help),
            None => self,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl<T: AsRef<str>> From<T> for Message {
    fn from(what: T) -> Self {
        Self::new(what.as_ref())
    }
}

impl Errors {
    /// Points at all of `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Into<Message>) {
        self.found.push(syn::Error::new_spanned(tokens, message.into().0));
    }

    /// Points at one span.
    pub(crate) fn span(&mut self, span: Span, message: impl Into<Message>) {
        self.found.push(syn::Error::new(span, message.into().0));
    }

    /// Takes over an error that a parser made.
    pub(crate) fn take(&mut self, error: syn::Error) {
        self.found.push(error);
    }

    /// Takes over what another gathering found.
    pub(crate) fn append(&mut self, other: Self) {
        self.found.extend(other.found);
    }

    /// Takes over what the parser says about the syntax, and adds what to write where it does not say so itself.
    pub(crate) fn syntax(&mut self, result: syn::Result<()>, example: &str) {
        let Err(error) = result else { return };
        for error in error {
            let what = error.to_string();
            if what.contains("\nhelp: ") {
                self.take(error);
            } else {
                // The parser's words for what stands where a key should.
                let what = if what.contains("nested attribute") { "expected a key" } else { &what };
                self.span(error.span(), Message::new(what).help(format_args!("write `{example}`")));
            }
        }
    }

    /// Keeps the value, or the error in the gathering.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.take(error)).ok()
    }

    /// How many mistakes have been found so far.
    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing has been found so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// `compile_error!` calls for all mistakes, each once and in source order; nothing if there are none.
    pub(crate) fn finish(self) -> TokenStream {
        let mut found: Vec<_> = self.found.into_iter().flatten().collect();
        // Stable: what one token has done wrong stays in the order in which it was found.
        found.sort_by_key(|error| place(error.span()));
        let mut reported = HashSet::new();
        found.retain(|error| reported.insert((place(error.span()), error.to_string())));
        found.iter().map(syn::Error::to_compile_error).collect()
    }
}

/// Line and column; only the compiler knows them.
fn place(span: Span) -> (usize, usize) {
    if !proc_macro::is_available() {
        return (0, 0);
    }
    let start = span.unwrap();
    (start.line(), start.column())
}

/// `an `i8``, `a `u8``
pub(crate) fn article(name: &str) -> String {
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'i']) || name == "Upload" { "an" } else { "a" };
    format!("{article} `{name}`")
}

/// `` `a`, `b`, `c` ``
pub(crate) fn list<'c>(names: impl IntoIterator<Item = &'c str>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_twice_is_reported_once() {
        let mut errors = Errors::default();
        for message in ["a", "b", "a"] {
            errors.span(Span::call_site(), message);
        }
        let reported = errors.finish().to_string();
        assert_eq!(["\"a\"", "\"b\""].map(|message| reported.matches(message).count()), [1, 1], "{reported}");
    }
}
