//! The transaction of [`Db::tx_now`](super::Db::tx_now): a closure on a thread that may block, whose statements run at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::connection::Connection;
use super::savepoint::{Open, Savepoint};
use crate::query::checked::Dialect;
use crate::query::driver::{Call, Collect};
use crate::query::error::{Error, ErrorKind};
use crate::query::executor::sealed::{Now, Run};

/// A transaction, as the closure of [`Db::tx_now`](super::Db::tx_now) sees it. Statements run on it at once: `query!(…).execute(tx)?`.
///
/// ```
/// use secure_forms::query;
/// use secure_forms::query::{Error, TxNow};
///
/// fn rename(tx: &TxNow<'_>, old: &str, new: &str) -> Result<u64, Error> {
///     query!("UPDATE users SET username = {new} WHERE username = {old}").execute(tx)
/// }
/// # let _ = rename;
/// ```
#[derive(Debug)]
pub struct TxNow<'c> {
    connection: &'c Connection,
    abandoned: &'c Arc<AtomicBool>,
}

impl TxNow<'_> {
    /// A part of the transaction that can fail alone: it is undone if `work` gives an error or panics, and the transaction goes on.
    ///
    /// ```
    /// use secure_forms::query::{Db, Error};
    /// use secure_forms::{query, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// db.tx_now(|tx| {
    ///     query!("INSERT INTO users (username, email) VALUES ('ada', 'ada@example.org')").execute(tx)?;
    ///     let part = tx.savepoint(|tx| {
    ///         query!("INSERT INTO users (username, email) VALUES ('grace', 'g@example.org')").execute(tx)?;
    ///         query!("INSERT INTO users (username, email) VALUES ('ada', 'second@example.org')").execute(tx)
    ///     });
    ///     assert!(part.is_err());
    ///     Ok::<_, Error>(())
    /// })
    /// .await?;
    /// assert_eq!(query!("SELECT id FROM users").all(&db).await?.len(), 1);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// That of `work`, or of the database.
    pub fn savepoint<T, E: From<Error>>(&self, work: impl FnOnce(&TxNow<'_>) -> Result<T, E>) -> Result<T, E> {
        let TxNow { connection, abandoned } = *self;
        connection.expect_transaction()?;
        Savepoint::around(connection.driver(), || work(&TxNow { connection, abandoned }))
    }
}

impl Run for &TxNow<'_> {
    const DIALECT: Dialect = Dialect::Sqlite;

    type Mode = Now;

    fn run<C: Collect>(self, call: Result<Call<C>, Error>) -> Result<C::Output, Error> {
        let call = call?;
        self.connection.expect_transaction()?;
        self.connection.watched(self.abandoned, || self.connection.run(call))
    }
}

/// Runs `work` in a transaction that takes the writer's lock at its start, so that it cannot fail half-way because another has it.
/// `abandoned` is read before the commit: a caller that went away gets nothing written.
pub(super) fn run<T, E: From<Error>>(
    connection: &Connection,
    abandoned: &Arc<AtomicBool>,
    work: impl FnOnce(&TxNow<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let open = Open::begin(connection.driver(), "BEGIN IMMEDIATE", "ROLLBACK")?;
    let done = work(&TxNow { connection, abandoned })?;
    if abandoned.load(Ordering::Acquire) {
        return Err(Error::new(ErrorKind::Abandoned).into());
    }
    connection.expect_transaction()?;
    open.end("COMMIT")?;
    Ok(done)
}
