//! Transactions: several statements that happen together or not at all, in one shape for all drivers.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

use tokio::sync::Mutex;

use super::checked::Dialect;
use super::driver::{Call, Collect, Driver, DriverTransaction, Step};
use super::error::{Error, ErrorKind};
use super::executor::Pending;
use super::executor::sealed::{Later, Run};
use super::timer;

/// A transaction of a driver, as the closure of `db.tx` sees it. Statements run on it as on the database: `query!(…).execute(tx).await?`.
///
/// ```
/// use secure_forms::query::{Error, Tx};
/// use secure_forms::query;
///
/// // `Tx` is a `Transaction` of SQLite.
/// async fn rename(tx: &Tx, old: &str, new: &str) -> Result<bool, Error> {
///     Ok(query!("UPDATE users SET username = {new} WHERE username = {old}").execute(tx).await? == 1)
/// }
/// # let _ = rename;
/// ```
pub struct Transaction<S: DriverTransaction> {
    state: Arc<State<S>>,
}

/// The connection, which statements take in turns, and how many parts are begun on it.
struct State<S> {
    inner: Mutex<Option<(S, usize)>>,
    /// A part of the transaction was given up half-way, so that nobody knows what it holds.
    is_broken: AtomicBool,
}

fn over() -> Error {
    Error::new(ErrorKind::TransactionOver)
}

/// Runs `work` in a transaction of `driver`.
pub(super) async fn run<D, T, E, F>(driver: &D, work: F) -> Result<T, E>
where
    D: Driver,
    E: From<Error>,
    F: AsyncFnOnce(&Transaction<D::Transaction>) -> Result<T, E>,
{
    let inner = driver.begin().await?;
    let state = State { inner: Mutex::new(Some((inner, 0))), is_broken: AtomicBool::new(false) };
    let tx = Transaction { state: Arc::new(state) };
    // Whatever drops this future, be it a panic, drops `tx` and with it the driver's part, which rolls back.
    let done = timer::within(driver.transaction_deadline(), work(&tx)).await.map_err(E::from).flatten();
    match done {
        Ok(done) => tx.end(Step::Commit).await.map(|()| done).map_err(E::from),
        Err(error) => {
            // The error of `work` is the one to report; a connection that cannot roll back is closed by its driver.
            let _ = tx.end(Step::Rollback).await;
            Err(error)
        }
    }
}

impl<S: DriverTransaction> Transaction<S> {
    /// A part of the transaction that can fail alone: it is undone if `work` gives an error, and the transaction goes on. If it is given up (a
    /// panic, a time-out around it) the whole transaction is rolled back. Statements on the outer `tx` meanwhile belong to the part.
    ///
    /// ```
    /// use secure_forms::query::{Db, Error};
    /// use secure_forms::{query, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// db.tx(async |tx| {
    ///     query!("INSERT INTO users (username, email) VALUES ('ada', 'ada@example.org')").execute(tx).await?;
    ///     let again: Result<_, Error> = tx
    ///         .savepoint(async |tx| {
    ///             query!("INSERT INTO users (username, email) VALUES ('grace', 'g@example.org')").execute(tx).await?;
    ///             query!("INSERT INTO users (username, email) VALUES ('ada', 'second@example.org')").execute(tx).await
    ///         })
    ///         .await;
    ///     assert!(again.is_err());
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
    pub async fn savepoint<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: AsyncFnOnce(&Self) -> Result<T, E>,
    {
        let depth = self.open().await?;
        let unfinished = Unfinished(&self.state.is_broken);
        let done = work(self).await;
        let step = if done.is_ok() { Step::Release } else { Step::Undo };
        match self.close(depth, step).await {
            Ok(()) => std::mem::forget(unfinished),
            Err(error) => return done.and(Err(error.into())),
        }
        done
    }

    async fn open(&self) -> Result<usize, Error> {
        let mut state = self.state.inner.lock().await;
        let (inner, depth) = self.state.usable(&mut state)?;
        inner.step(Step::Savepoint).await?;
        *depth += 1;
        Ok(*depth)
    }

    /// Ends the part that was begun as the one of this depth. Two that ran side by side could undo each other's statements: then nothing is kept.
    async fn close(&self, opened: usize, step: Step) -> Result<(), Error> {
        let mut state = self.state.inner.lock().await;
        let (inner, depth) = self.state.usable(&mut state)?;
        if *depth != opened {
            return Err(over());
        }
        inner.step(step).await?;
        *depth -= 1;
        Ok(())
    }

    /// Takes the connection away from statements that are still to come, and commits or rolls back.
    async fn end(self, step: Step) -> Result<(), Error> {
        let taken = self.state.inner.lock().await.take();
        let (mut inner, _) = taken.ok_or_else(over)?;
        if step == Step::Commit && self.state.is_broken.load(Ordering::Acquire) {
            let _ = inner.step(Step::Rollback).await;
            return Err(over());
        }
        inner.step(step).await
    }
}

impl<S: DriverTransaction> State<S> {
    fn usable<'s>(&self, state: &'s mut Option<(S, usize)>) -> Result<(&'s mut S, &'s mut usize), Error> {
        if self.is_broken.load(Ordering::Acquire) {
            return Err(over());
        }
        state.as_mut().map(|(inner, depth)| (inner, depth)).ok_or_else(over)
    }
}

/// Says that a part was given up, unless it is forgotten first.
struct Unfinished<'t>(&'t AtomicBool);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

impl<S: DriverTransaction> Run for &Transaction<S> {
    const DIALECT: Dialect = S::DIALECT;

    type Mode = Later;

    fn run<C: Collect>(self, call: Result<Call<C>, Error>) -> Pending<C::Output> {
        // A statement that is kept for longer than the transaction must not keep its connection.
        let state: Weak<State<S>> = Arc::downgrade(&self.state);
        Pending::new(async move {
            let call = call?;
            let state = state.upgrade().ok_or_else(over)?;
            let mut inner = state.inner.lock().await;
            let (inner, _) = state.usable(&mut inner)?;
            inner.call(call).await
        })
    }
}

impl<S: DriverTransaction> fmt::Debug for Transaction<S> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Transaction(…)")
    }
}
