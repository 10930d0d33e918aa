//! Problems become sentences, one catalogue per language; the request chooses ([`choose_messages`]). Another language is another
//! implementation of [`Messages`].

mod choose;
mod english;
mod german;
mod measure;

pub use choose::choose_messages;
pub use english::English;
pub use german::German;

use super::problem::Problem;

/// Turns problems into sentences of one language. Each says what is wrong and what is allowed.
pub trait Messages: Send + Sync {
    /// The language of the sentences as a tag (RFC 5646), for the attribute `lang` and the field `Content-Language`: `de`.
    fn lang(&self) -> &'static str;

    /// The sentence for one problem.
    fn problem(&self, problem: &Problem) -> String;

    /// What stands in front of the list of problems.
    fn summary(&self, count: usize) -> String;
}

#[cfg(test)]
mod tests;
