//! SQL statements judged against a schema, without a database: which parameters a statement takes, which columns it
//! returns and which of them can be NULL, or what is wrong and where.
//!
//! ```
//! use secure_forms_core::sql::{Dialect, Schema, Type, check};
//!
//! let schema = Schema::parse(Dialect::Postgres, &[(
//!     "1.sql",
//!     "CREATE TABLE users (id bigserial PRIMARY KEY, name text NOT NULL, born date)",
//! )])?;
//! let verdict = check(Dialect::Postgres, &schema, "UPDATE users SET born = $2 WHERE name = $1 RETURNING id").unwrap();
//! assert_eq!(verdict.params[0].ty, Type::Text);
//! assert_eq!((&verdict.params[1].ty, verdict.params[1].nullable), (&Type::Date, true));
//! assert_eq!((&verdict.columns[0].ty, verdict.columns[0].nullable), (&Type::I64, false));
//! # Ok::<(), secure_forms_core::sql::SchemaError>(())
//! ```
//!
//! | file | subject |
//! |---|---|
//! | `schema/` | migrations → tables, types, functions |
//! | `statement` | text → tokens → syntax tree, with bounds |
//! | `stack` | room for the recursion |
//! | `judge` | the state of one judgement: parameters, problems, tables |
//! | `scope`, `column` | what a place can see; which column a name means there |
//! | `from`, `join` | tables, sub-queries and functions in FROM; how they are joined |
//! | `query`, `with` | queries, set operations, VALUES; the queries of WITH |
//! | `select`, `projection`, `order` | the clauses of SELECT |
//! | `write`, `insert` | `UPDATE` and `DELETE`; `INSERT` |
//! | `naming` | names of columns that have no alias |
//! | `expr`, `literal`, `operator`, `worded` | expressions and their kinds |
//! | `call`, `conditional`, `window` | function calls; those that choose; OVER |
//! | `types`, `declared` | types; those that a schema or a cast names |
//! | `typing` | the questions about types that each dialect answers its own way |
//! | `loose` | types as SQLite and MariaDB treat them: hints |
//! | `postgres/` | types as PostgreSQL treats them: its catalogue and its rules of resolution (chapter 10) |
//! | `template/` | the text of `query!` before it is SQL |
//! | `rules/` | what `query!` refuses although a database would take it |
//! | `grouping` | PostgreSQL's rule that what is selected must be grouped |
//!
//! A verdict is meant to be sound: what is called NOT NULL never is NULL, and what is accepted is prepared by the real
//! database. Where the checker does not know, it says [`Type::Unknown`], nullable, or
//! [`CannotJudge`](ProblemKind::CannotJudge).

mod call;
mod column;
mod conditional;
mod declared;
mod dialect;
mod expr;
mod from;
mod functions;
mod grouping;
mod insert;
mod join;
mod judge;
mod literal;
mod loose;
mod naming;
mod operator;
mod order;
mod postgres;
mod problem;
mod projection;
mod query;
mod rules;
mod schema;
mod scope;
mod select;
mod span;
mod stack;
mod statement;
pub mod template;
mod token;
mod types;
mod typing;
mod verdict;
mod window;
mod with;
mod worded;
mod write;

pub use dialect::Dialect;
pub use problem::{Problem, ProblemKind, SchemaError};
pub use schema::{Schema, Table, TableColumn, TableKind};
pub use statement::check;
pub use types::Type;
pub use verdict::{Access, Column, InsertNotes, Kind, Param, TableUse, Verdict};
