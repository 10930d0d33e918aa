//! Patterns that are too large for a table: the `regex` crate compiles them, at first use, within limits that the macro has
//! tried. The text of one enters as the macro has made it; verdicts leave.

use std::sync::OnceLock;

use regex::{Error, Regex, RegexBuilder};

/// The program of a pattern. Its default in `regex` is more than twice that.
const PROGRAM_LIMIT: usize = 4 << 20;
/// What each thread keeps of it while it runs.
const CACHE_LIMIT: usize = 2 << 20;

/// A pattern that is compiled when the first text comes.
///
/// ```
/// use secure_forms_core::pattern::AtFirstUse;
/// static CODES: AtFirstUse = AtFirstUse::new(r"\A(?:[ab]*a[ab]{20})\z");
/// assert!(CODES.matches("aaaaaaaaaaaaaaaaaaaaa"));
/// assert!(!CODES.matches("aaa"));
/// ```
#[derive(Debug)]
pub struct AtFirstUse {
    source: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl AtFirstUse {
    /// A pattern of this text.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self { source, compiled: OnceLock::new() }
    }

    /// Whether the text matches. A pattern that cannot be compiled matches nothing; the macro lets none through.
    ///
    /// # Security
    /// The time is linear in the text, but up to the size of the pattern for each of its bytes: keep a `length` beside it.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| compiled(self.source).ok());
        compiled.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

fn compiled(source: &str) -> Result<Regex, Error> {
    RegexBuilder::new(source).size_limit(PROGRAM_LIMIT).dfa_size_limit(CACHE_LIMIT).build()
}

/// Why `regex` does not take a pattern.
#[derive(Debug)]
pub enum NotTaken {
    /// Its program would have more than 4 MiB.
    TooLarge,
    /// In the words of the `regex` crate.
    Other(String),
}

/// Tries what [`AtFirstUse`] will do.
///
/// # Errors
/// `regex` does not take it.
pub fn try_out(source: &str) -> Result<(), NotTaken> {
    match compiled(source) {
        Ok(_) => Ok(()),
        Err(Error::CompiledTooBig(_)) => Err(NotTaken::TooLarge),
        Err(error) => Err(NotTaken::Other(error.to_string())),
    }
}
