//! From the syntax tree to a verdict: which table, column and parameter each name means, and what type each place has.

pub(crate) mod expr;
pub(crate) mod query;
pub(crate) mod resolver;
pub(crate) mod write;
