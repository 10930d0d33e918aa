//! Where a statement can run, and in what shape its result comes: at once, or to be awaited.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::error::Error;

/// Where a statement can run and its result be awaited: `&Db`, or the `&Tx` of a transaction. A function that takes one runs in both.
///
/// ```
/// use secure_forms::query::{Db, Error, Executor};
/// use secure_forms::{query, schema};
///
/// async fn add(on: impl Executor, name: &str) -> Result<(), Error> {
///     query!("INSERT INTO users (username, email) VALUES ({name}, {name})").execute(on).await.map(|_| ())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let db = Db::in_memory(&schema!())?;
/// add(&db, "ada").await?;
/// db.tx(async |tx| add(tx, "grace").await).await?;
/// assert_eq!(query!("SELECT id FROM users").all(&db).await?.len(), 2);
/// # Ok::<(), Error>(())
/// # }
/// ```
///
/// # Security
/// Nobody else can be one: a statement only goes where it was checked for.
pub trait Executor: sealed::Run<Mode = sealed::Later> {}

impl<E: sealed::Run<Mode = sealed::Later>> Executor for E {}

/// What a method of a statement gives on `E`: a [`Pending`] on `&Db` and `&Tx`, a `Result` on `&TxNow`.
///
/// ```
/// use secure_forms::query;
/// use secure_forms::query::{Db, Error, Outcome, Pending};
///
/// /// The statement is made now and runs when it is awaited.
/// fn delete<'d>(db: &'d Db, name: &str) -> Outcome<&'d Db, u64> {
///     query!("DELETE FROM users WHERE username = {name}").execute(db)
/// }
///
/// async fn later(db: &Db) -> Result<u64, Error> {
///     let pending: Pending<u64> = delete(db, "ada");
///     pending.await
/// }
/// # let _ = later;
/// ```
pub type Outcome<E, T> = <<E as sealed::Run>::Mode as sealed::Mode>::Output<T>;

pub(super) mod sealed {
    use super::super::checked::Dialect;
    use super::super::driver::{Call, Collect};
    use super::{Error, Outcome, Pending};

    /// The work itself. The trait cannot be named outside, and a [`Call`] cannot be made there.
    #[diagnostic::on_unimplemented(
        message = "a statement cannot run on `{Self}`",
        label = "no database",
        note = "statements run on `&Db`, or on the `&Tx` that `db.tx(…)` hands over; both are what others cannot imitate"
    )]
    pub trait Run: Sized {
        /// Which of a statement's texts runs here.
        const DIALECT: Dialect;

        /// When the result is there.
        type Mode: Mode;

        /// Runs it, or hands the error on that kept it from being made.
        fn run<C: Collect>(self, call: Result<Call<C>, Error>) -> Outcome<Self, C::Output>;
    }

    /// In what shape results come.
    pub trait Mode {
        /// `Result<T, Error>`, at once or in the future.
        type Output<T: Send + 'static>;
    }

    /// To be awaited.
    #[derive(Debug)]
    pub struct Later;

    impl Mode for Later {
        type Output<T: Send + 'static> = Pending<T>;
    }

    /// At once.
    #[derive(Debug)]
    pub struct Now;

    impl Mode for Now {
        type Output<T: Send + 'static> = Result<T, Error>;
    }
}

/// The result of a statement, to be awaited. If this is dropped, by a time-out or a request that was given up, a statement that runs is stopped; and
/// if it is one of a transaction, so is the transaction.
#[must_use = "a query does nothing until it is awaited"]
pub struct Pending<T>(Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>);

impl<T> Pending<T> {
    pub(super) fn new(work: impl Future<Output = Result<T, Error>> + Send + 'static) -> Self {
        Self(Box::pin(work))
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(context)
    }
}

impl<T> std::fmt::Debug for Pending<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Pending(…)")
    }
}
