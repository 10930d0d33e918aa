//! The database: opened once, cloned into the application's state, used by every task.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::blocking::blocking;
use super::connection::{Connection, DEADLINE, Settings};
use super::file;
use super::lease::SqliteTransaction;
use super::migrate;
use super::pool::{Lease, Opener, Pool};
use super::transaction::{self, TxNow};
use crate::query::checked::{Access, Dialect};
use crate::query::driver::{Call, Collect, Driver};
use crate::query::error::{Error, ErrorKind};
use crate::query::executor::Pending;
use crate::query::executor::sealed::{Later, Run};
use crate::query::schema::Schema;
use crate::query::transaction::{self as transactions, Transaction};

/// A transaction, as the closure of [`Db::tx`] sees it.
///
/// ```
/// use secure_forms::query;
/// use secure_forms::query::{Error, Tx};
///
/// async fn add(tx: &Tx, name: &str) -> Result<u64, Error> {
///     query!("INSERT INTO users (username, email) VALUES ({name}, {name})").execute(tx).await
/// }
/// # let _ = add;
/// ```
pub type Tx = Transaction<SqliteTransaction>;

/// An SQLite database. Cloning gives another handle to the same one.
///
/// Reads run on a pool of connections that cannot write, writes one after the other on a connection of their own (SQLite has one writer), all of
/// them on tokio's blocking pool. Statements are prepared once per connection.
///
/// ```
/// use secure_forms::query::Db;
/// use secure_forms::{query, schema};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), secure_forms::query::Error> {
/// let db = Db::in_memory(&schema!())?;
/// let name = "ada'; DROP TABLE users; --";
/// query!("INSERT INTO users (username, email) VALUES ({name}, 'ada@example.org')").execute(&db).await?;
/// let user = query!("SELECT id, username FROM users WHERE username = {name}").one(&db).await?;
/// assert_eq!(user.username, name);
/// # Ok(())
/// # }
/// ```
///
/// # Security
/// No method takes SQL text. Foreign keys are enforced, double quotes never turn a misspelt column into a text, the schema is not trusted with
/// functions that act outside of the database. A statement reads and writes rows: it cannot change its connection, which others use next. It is
/// stopped at its deadline ([`DbOptions::deadline`]) and when its caller goes away; texts and rows hold at most 64 MiB. On Unix the file is its
/// owner's alone: a new one is made so, an old one that others can read or write is refused, and so is a link.
#[derive(Clone, Debug)]
pub struct Db {
    writer: Arc<Pool>,
    readers: Arc<Pool>,
    transaction_deadline: Duration,
}

/// How a database is opened: [`Db::options`].
///
/// ```
/// use std::time::Duration;
/// use secure_forms::query::{Db, DbOptions, Error};
/// use secure_forms::schema;
///
/// fn open() -> Result<Db, Error> {
///     let options: DbOptions = Db::options("app.sqlite").readers(4).busy_timeout(Duration::from_secs(2));
///     options.deadline(Duration::from_secs(1)).transaction_deadline(Duration::from_secs(3)).open(&schema!())
/// }
/// # let _ = open;
/// ```
#[derive(Clone, Debug)]
pub struct DbOptions {
    path: PathBuf,
    readers: usize,
    busy: Duration,
    deadline: Duration,
    transaction_deadline: Duration,
}

impl DbOptions {
    /// Connections for reading; at least 1. Default: one per core, 2 to 8.
    #[must_use]
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How long a statement waits for a writer of another process. Default: 5 seconds.
    #[must_use]
    pub fn busy_timeout(mut self, busy: Duration) -> Self {
        self.busy = busy;
        self
    }

    /// How long a statement may run; then it is stopped, changes nothing, and is [`ErrorKind::Deadline`]. Default: 5 seconds. Waiting for a
    /// connection or for another writer is not part of it, and each statement of a transaction has its own.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use secure_forms::query::Db;
    /// use secure_forms::schema;
    ///
    /// let db = Db::options("app.db").deadline(Duration::from_secs(1)).open(&schema!())?;
    /// # Ok::<(), secure_forms::query::Error>(())
    /// ```
    ///
    /// # Security
    /// Bounds what a stranger's request can cost (CWE-400): a recursion that a bound value ends late, a join without an index. SQLite is asked
    /// between the steps of a statement: one call of a function goes on, which the limits of texts keep short.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// How long a transaction of [`Db::tx`] may take, from its begin to the end of its closure; then it is rolled back, and is
    /// [`ErrorKind::Deadline`]. Default: 5 seconds. Waiting for other transactions is not part of it.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use secure_forms::query::Db;
    /// use secure_forms::schema;
    ///
    /// let db = Db::options("app.db").transaction_deadline(Duration::from_secs(1)).open(&schema!())?;
    /// # Ok::<(), secure_forms::query::Error>(())
    /// ```
    ///
    /// # Security
    /// SQLite has one writer: a transaction that waits for something slow, or for itself, would keep everybody else from writing (CWE-400).
    #[must_use]
    pub fn transaction_deadline(mut self, deadline: Duration) -> Self {
        self.transaction_deadline = deadline;
        self
    }

    /// Opens the database, as [`Db::open`].
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open(self, schema: &Schema) -> Result<Db, Error> {
        let Self { path, readers, busy, deadline, transaction_deadline } = self;
        if path.as_os_str().is_empty() || path.as_os_str() == ":memory:" {
            let help = "each connection would get a database of its own: use `Db::in_memory`";
            return Err(Error::new(ErrorKind::Configuration(help)));
        }
        let path = file::private(&path)?;
        let settings = Settings { busy, deadline, schema: schema.hash() };
        let writer = Connection::open(&path, Access::Write, settings)?;
        migrate::migrate(&writer, schema)?;
        migrate::compare(&writer, schema)?;
        let opener = |access| Opener { path: Some(path.clone()), access, settings };
        let writer = Pool::new(opener(Access::Write), 1, Some(writer));
        Ok(Db { writer, readers: Pool::new(opener(Access::Read), readers, None), transaction_deadline })
    }
}

impl Db {
    /// Opens the database file, which is made if it is not there, applies the migrations that it lacks, and compares what it then is with the
    /// schema that the program was checked against. Blocks: call it when the program starts.
    ///
    /// # Errors
    /// [`ErrorKind::File`] if the file, one of those beside it (`-wal`, `-shm`, `-journal`) or its folder is a link or open to others.
    /// [`ErrorKind::Schema`] if a migration that was applied has been edited, removed or overtaken, or if a table is not what the migrations
    /// make of it; the database is then left as it is. Else what the driver says.
    pub fn open(path: impl AsRef<Path>, schema: &Schema) -> Result<Self, Error> {
        Self::options(path).open(schema)
    }

    /// The same with choices.
    pub fn options(path: impl AsRef<Path>) -> DbOptions {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        DbOptions {
            path: path.as_ref().to_owned(),
            readers: cores.clamp(2, 8),
            busy: Duration::from_secs(5),
            deadline: DEADLINE,
            transaction_deadline: DEADLINE,
        }
    }

    /// A database without a file, for tests: one connection, which is lost with the last handle.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn in_memory(schema: &Schema) -> Result<Self, Error> {
        let settings = Settings { busy: Duration::ZERO, deadline: DEADLINE, schema: schema.hash() };
        let only = Connection::in_memory(settings)?;
        migrate::migrate(&only, schema)?;
        let opener = Opener { path: None, access: Access::Write, settings };
        let writer = Pool::new(opener, 1, Some(only));
        Ok(Self { readers: Arc::clone(&writer), writer, transaction_deadline: DEADLINE })
    }

    /// Runs several statements as one: all of them happen when `work` gives `Ok`, none when it gives `Err`, when it panics, when the caller goes away
    /// (a time-out, a cancelled request) before it is done, or when it takes longer than [`DbOptions::transaction_deadline`].
    ///
    /// Statements run on its `tx` as on the database, and `work` may wait for other things between them. While it does, it has SQLite's only writer:
    /// transactions queue. A closure that waits for nothing else is better off in [`Db::tx_now`]. Statements for `&db` inside of it are not part of
    /// the transaction, do not see what it wrote, and, if they write, wait until its deadline.
    ///
    /// ```
    /// use secure_forms::query::{Db, Error};
    /// use secure_forms::{query, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// let name = String::from("ada");
    /// let failed: Result<u64, Error> = db
    ///     .tx(async |tx| {
    ///         query!("INSERT INTO users (username, email) VALUES ({name}, 'ada@example.org')").execute(tx).await?;
    ///         query!("INSERT INTO users (username, email) VALUES ({name}, 'second@example.org')").execute(tx).await
    ///     })
    ///     .await;
    /// assert!(failed.unwrap_err().is_unique_violation("users.username"));
    /// assert!(query!("SELECT id FROM users").all(&db).await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// That of `work`, or of the database.
    ///
    /// # Panics
    /// With the panic of `work`; the transaction is rolled back.
    pub async fn tx<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<Error>,
        F: AsyncFnOnce(&Tx) -> Result<T, E>,
    {
        transactions::run(self, work).await
    }

    /// As [`Db::tx`], with an ordinary closure on a thread of tokio's blocking pool: statements run on its `tx` at once, without `.await`. The
    /// fastest form, and the one that keeps the writer for the statements alone. The closure owns what it uses (`move`). Waiting inside of it for a
    /// statement for `&db` that writes would never end.
    ///
    /// ```
    /// use secure_forms::query::{Db, Error};
    /// use secure_forms::{query, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// let failed: Result<(), Error> = db
    ///     .tx_now(|tx| {
    ///         query!("INSERT INTO users (username, email) VALUES ('ada', 'ada@example.org')").execute(tx)?;
    ///         query!("INSERT INTO users (username, email) VALUES ('ada', 'second@example.org')").execute(tx)?;
    ///         Ok(())
    ///     })
    ///     .await;
    /// assert!(failed.unwrap_err().is_unique_violation("users.username"));
    /// assert!(query!("SELECT id FROM users").all(&db).await?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// That of `work`, or of the database.
    ///
    /// # Panics
    /// With the panic of `work`, once the transaction is rolled back.
    pub async fn tx_now<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&TxNow<'_>) -> Result<T, E> + Send + 'static,
    {
        let job =
            move |lease: Lease, abandoned: &Arc<AtomicBool>| transaction::run(lease.connection()?, abandoned, work);
        blocking(Arc::clone(&self.writer), job).await
    }
}

impl Driver for Db {
    type Transaction = SqliteTransaction;

    async fn call<C: Collect>(&self, call: Call<C>) -> Result<C::Output, Error> {
        let pool = match call.access {
            Access::Read => &self.readers,
            Access::Write => &self.writer,
        };
        let job = move |lease: Lease, abandoned: &Arc<AtomicBool>| {
            let connection = lease.connection()?;
            connection.watched(abandoned, || connection.run(call))
        };
        blocking(Arc::clone(pool), job).await
    }

    async fn begin(&self) -> Result<SqliteTransaction, Error> {
        SqliteTransaction::begin(Arc::clone(&self.writer)).await
    }

    fn transaction_deadline(&self) -> Duration {
        self.transaction_deadline
    }
}

impl Run for &Db {
    const DIALECT: Dialect = Dialect::Sqlite;

    type Mode = Later;

    fn run<C: Collect>(self, call: Result<Call<C>, Error>) -> Pending<C::Output> {
        let db = self.clone();
        Pending::new(async move { db.call(call?).await })
    }
}
