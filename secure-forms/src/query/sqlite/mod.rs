//! SQLite: one writer and a pool of readers on tokio's blocking pool. What hardens a connection is `secure_forms_core::sqlite`, which the macros
//! use too.

mod blocking;
mod connection;
mod db;
mod error;
mod file;
mod hardened;
mod lease;
mod migrate;
mod pool;
mod savepoint;
mod transaction;
mod watch;

pub use db::{Db, DbOptions, Tx};
pub use transaction::TxNow;
