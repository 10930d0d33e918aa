//! What the suites and the `conform` program share.

pub mod redirect;
pub mod rule;
pub mod sql;

/// The README's example is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
