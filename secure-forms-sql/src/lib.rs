//! SQL statements judged against a schema, without a database: which parameters a statement takes, which columns it
//! returns and which of them can be NULL, or what is wrong and where.
//!
//! ```
//! use secure_forms_sql::{Dialect, Schema, Type, check};
//!
//! let schema = Schema::parse(Dialect::Postgres, &[(
//!     "1.sql",
//!     "CREATE TABLE users (id bigserial PRIMARY KEY, name text NOT NULL, born date)",
//! )])?;
//! let verdict = check(Dialect::Postgres, &schema, "UPDATE users SET born = $2 WHERE name = $1 RETURNING id").unwrap();
//! assert_eq!(verdict.params[0].ty, Type::Text);
//! assert_eq!((&verdict.params[1].ty, verdict.params[1].nullable), (&Type::Date, true));
//! assert_eq!((&verdict.columns[0].ty, verdict.columns[0].nullable), (&Type::I64, false));
//! # Ok::<(), secure_forms_sql::SchemaError>(())
//! ```
//!
//! Floors; imports go down only, and `tests/circles.rs` sees to it that no file needs one that needs it:
//!
//! | floor | what enters → what leaves |
//! |---|---|
//! | `rules/` | a template's statements → what `query!` refuses although a database would take it |
//! | `template/` | the text of `query!` → the statements that it can become; no schema is known here |
//! | `check`, `migration/` | a statement's text → a verdict; migrations → a [`Schema`] |
//! | `resolve/` | a syntax tree → what each name means: `statement`, `write/`, `query/`, `expr/`, and the parts that they are handed |
//! | `typing/` | values with their types → what is made of them: a trait, and what each dialect answers |
//! | `schema/` | tables, types and functions as they are |
//! | `dialect/` | names, and a table of rules for each dialect |
//! | `types`, `problem`, `verdict`, `span`, `token`, `stack` | what all of them speak |
//!
//! A verdict is meant to be sound: what is called NOT NULL never is NULL, and what is accepted is prepared by the real
//! database. Where the checker does not know, it says [`Type::Unknown`], nullable, or
//! [`CannotJudge`](ProblemKind::CannotJudge).
#![forbid(unsafe_code)]

mod check;
mod dialect;
mod migration;
mod problem;
mod resolve;
mod rules;
mod schema;
mod span;
mod stack;
pub mod template;
mod token;
mod types;
mod typing;
mod verdict;

pub use check::check;
pub use dialect::Dialect;
pub use problem::{Problem, ProblemKind, SchemaError};
pub use schema::{Schema, Table, TableColumn, TableKind};
pub use types::Type;
pub use verdict::{Access, Column, InsertNotes, Kind, Param, TableUse, Verdict};
