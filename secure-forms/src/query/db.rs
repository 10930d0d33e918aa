//! The database: opened once, cloned into the application's state, used by every task.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use super::checked::Access;
use super::connection::{Connection, DEADLINE, Settings};
use super::error::{Error, ErrorKind};
use super::file;
use super::migrate;
use super::pool::{Opener, Pool, Waiting};
use super::schema::Schema;
use super::statement::sealed::Run;
use super::transaction::{self, Tx};

/// An SQLite database. Cloning gives another handle to the same one.
///
/// Reads run on a pool of connections that cannot write, writes one after the other on a connection of their own (SQLite has one writer), all of
/// them on tokio's blocking pool. Statements are prepared once per connection.
///
/// ```
/// use secure_forms::{query, query::Db, schema};
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
}

/// How a database is opened: [`Db::options`].
#[derive(Clone, Debug)]
pub struct DbOptions {
    path: PathBuf,
    readers: usize,
    busy: Duration,
    deadline: Duration,
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
    /// use secure_forms::{query::Db, schema};
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

    /// Opens the database, as [`Db::open`].
    ///
    /// # Errors
    /// As [`Db::open`].
    pub fn open(self, schema: &Schema) -> Result<Db, Error> {
        let Self { path, readers, busy, deadline } = self;
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
        Ok(Db { writer, readers: Pool::new(opener(Access::Read), readers, None) })
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
        Ok(Self { readers: Arc::clone(&writer), writer })
    }

    /// Runs several statements as one: all of them happen when `work` gives `Ok`, none when it gives `Err`, when it panics, or when the caller
    /// goes away (a time-out, a cancelled request) before it is done.
    ///
    /// `work` is an ordinary closure on a thread of tokio's blocking pool, and statements run on its `tx` at once, without `.await`. A transaction
    /// that could be held across an `.await` would keep SQLite's only writer for as long as anything else takes; here it is held for the
    /// statements alone, and no cancellation can leave it half-way. The closure owns what it uses (`move`). Statements for `&db` inside of it are
    /// not part of the transaction, and waiting for one that writes would never end.
    ///
    /// ```
    /// use secure_forms::{query, query::{Db, Error}, schema};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Error> {
    /// let db = Db::in_memory(&schema!())?;
    /// let failed: Result<(), Error> = db
    ///     .tx(|tx| {
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
    pub async fn tx<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: FnOnce(&Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        blocking(Arc::clone(&self.writer), move |connection, abandoned| transaction::run(connection, abandoned, work))
            .await
    }
}

/// Runs a job on a connection of the pool, on a thread that may block.
async fn blocking<T, E, F>(pool: Arc<Pool>, job: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(&Connection, &Arc<AtomicBool>) -> Result<T, E> + Send + 'static,
{
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return Err(Error::new(ErrorKind::Configuration("a query runs inside of a tokio runtime")).into());
    };
    let turn = pool.turn().await?;
    let waiting = Waiting::default();
    let abandoned = Arc::clone(&waiting);
    let done = runtime.spawn_blocking(move || {
        if abandoned.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Abandoned).into());
        }
        let lease = pool.lease(turn)?;
        job(lease.connection()?, &abandoned)
    });
    match done.await {
        Ok(result) => result,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::new(ErrorKind::Abandoned).into()),
        },
    }
}

impl Run for &Db {
    type Output<T: Send + 'static> = Pending<T>;

    fn run<T, F>(self, access: Access, job: F) -> Pending<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    {
        let pool = match access {
            Access::Read => Arc::clone(&self.readers),
            Access::Write => Arc::clone(&self.writer),
        };
        Pending(Box::pin(blocking(pool, move |connection, abandoned| {
            connection.watched(abandoned, || job(connection))
        })))
    }
}

/// The result of a statement, to be awaited. If this is dropped, by a time-out or a request that was given up, a statement that runs is stopped.
#[must_use = "a query does nothing until it is awaited"]
pub struct Pending<T>(Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>);

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
