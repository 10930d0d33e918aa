//! SQL whose text was checked at compile time and whose values are bound.
//!
//! [`query!`](crate::query!) reads a statement, checks it against the migrations of the crate, and gives a [`Stmt`]: constant text, values on
//! their side. [`Db`] runs nothing else. There is no function that takes SQL from a variable, so there is nothing to get wrong.
//!
//! What a stranger's value can cost is bounded in four places: the macro refuses an uncapped number of rows or size of a result; a text that is
//! searched for is short (128 bytes for `LIKE`, 4096 for `instr` and `replace`); a text, blob or row has at most 64 MiB; and a statement is stopped
//! at its deadline ([`DbOptions::deadline`]) or when nobody waits for it any more.

mod bound;
mod checked;
mod columns;
mod connection;
mod db;
mod error;
mod file;
mod hardened;
mod macros;
mod migrate;
mod pool;
mod savepoint;
mod schema;
mod statement;
mod text;
mod transaction;
mod value;
mod watch;

pub use bound::{BindList, BindNullable, Bound, Params, bind, bind_list, bind_nullable, optional};
pub use checked::{Access, Checked};
pub use columns::Columns;
pub use db::{Db, DbOptions, Pending};
pub use error::{Error, ErrorKind};
pub use schema::{Migrations, Schema};
pub use statement::{Executor, Returning, Stmt, Writing};
pub use transaction::Tx;
pub use value::{Any, BigInt, Bind, Blob, Boolean, List, Marker, Nullable, Read, ReadNullable, Real, Text, Value};
