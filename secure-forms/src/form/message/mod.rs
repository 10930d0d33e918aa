//! Problems become sentences. English is built in; another language is another implementation of [`Messages`].

mod english;

pub use english::English;

use super::problem::Problem;

/// Turns problems into sentences of one language. Each says what is wrong and what is allowed.
pub trait Messages: Send + Sync {
    /// The sentence for one problem.
    fn problem(&self, problem: &Problem) -> String;

    /// What stands in front of the list of problems.
    fn summary(&self, count: usize) -> String;
}
