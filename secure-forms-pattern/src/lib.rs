//! Regular expressions become static tables: a text in the syntax of the `regex` crate enters [`compile`], and a
//! [`Pattern`](secure_forms_core::pattern::Pattern) leaves, or the mistake with its place in the text.
//!
//! A crate of its own, because only the macros compile patterns: what both sides share is then built once, with the same features
//! for the program and for its macros, and no program is built with the compiler of patterns.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(test)]
mod agreement;
mod alphabet;
mod ascii;
mod automaton;
mod compile;
mod extent;
mod html;
mod options;

pub use compile::{Compiled, PatternError, PatternProblem, compile};
#[cfg(feature = "regex")]
pub use compile::{ForRegex, for_regex};
pub use extent::{Extent, extent};
pub use options::{Options, PerlClasses, Scope};
