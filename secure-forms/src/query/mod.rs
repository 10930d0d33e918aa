//! SQL whose text was checked at compile time and whose values are bound.
//!
//! [`query!`](crate::query!) reads a statement, checks it against the migrations of the crate, and gives a [`Stmt`]: constant text, values on
//! their side. [`Db`] runs nothing else. There is no function that takes SQL from a variable, so there is nothing to get wrong.
//!
//! The files, from a statement to a database: `macros`, `checked` (what the macro says of a query), `value`, `bound` and `columns` (Rust values in and
//! out), `statement` with `collect` (what is made of its rows), `executor` (where it may run), `transaction`, and `driver`: what a database has to do
//! for all this. Nothing of these knows a database. `sqlite` is one. Another is a folder beside it with an implementation of `driver::Driver` and
//! `driver::DriverTransaction`, a type of its own for `executor::sealed::Run`, a variant of [`Dialect`], and a judge of its statements in the macros.
//!
//! What a stranger's value can cost is bounded in four places: the macro refuses an uncapped number of rows or size of a result; a text that is
//! searched for is short (128 bytes for `LIKE`, 4096 for `instr` and `replace`); a text, blob or row has at most 64 MiB; and a statement is stopped
//! at its deadline ([`DbOptions::deadline`]) or when nobody waits for it any more.

mod bound;
#[cfg(test)]
mod canned;
mod checked;
mod collect;
mod columns;
mod driver;
mod error;
mod executor;
mod macros;
mod schema;
mod sqlite;
mod statement;
mod text;
mod timer;
mod transaction;
mod value;

pub use bound::{BindList, BindNullable, Bound, Params, bind, bind_list, bind_nullable, optional};
pub use checked::{Access, Checked, Dialect, Texts};
pub use columns::Columns;
pub use error::{Error, ErrorKind};
pub use executor::{Executor, Outcome, Pending};
pub use schema::{Migrations, Schema};
pub use sqlite::{Db, DbOptions, Tx, TxNow};
pub use statement::{Returning, Stmt, Writing};
pub use transaction::Transaction;
pub use value::{Any, BigInt, Bind, Blob, Boolean, List, Marker, Nullable, Read, ReadNullable, Real, Text, Value};
