//! From the syntax tree to a verdict: which table, column and parameter each name means, and what type each place has.
//!
//! | floor | what it knows |
//! |---|---|
//! | `statement` | every kind of statement; what the recursion leads to |
//! | `write/` | `INSERT`, `UPDATE`, `DELETE` |
//! | `query/` | the clauses of a query |
//! | `expr/` | expressions |
//! | `resolver` | the parts that all of them are handed |
//! | `scope`, `relation`, `tables` | what a place can see, and what was met |

mod expr;
mod query;
mod relation;
mod resolver;
mod scope;
pub(crate) mod statement;
mod tables;
mod write;
