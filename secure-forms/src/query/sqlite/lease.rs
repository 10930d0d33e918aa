//! A transaction that outlives a job: the writer's connection, between the jobs that use it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::blocking::{blocking, on_a_thread};
use super::connection::Connection;
use super::pool::{Lease, Pool};
use crate::query::checked::Dialect;
use crate::query::driver::{Call, Collect, DriverTransaction, Step};
use crate::query::error::{Error, ErrorKind};

/// The writer's connection in a transaction. It goes along with each job, and comes back when the job's result does; if nobody waits for that, the
/// job's thread drops it, and so does what is left of a transaction that was given up. A lease that is dropped rolls back.
pub struct SqliteTransaction {
    lease: Option<Lease>,
}

impl SqliteTransaction {
    /// Takes the writer's lock at the start, so that the transaction cannot fail half-way because another has it.
    pub(super) async fn begin(writer: Arc<Pool>) -> Result<Self, Error> {
        let lease = blocking(writer, |lease, _| {
            lease.connection()?.driver().own_text("BEGIN IMMEDIATE")?;
            Ok::<_, Error>(lease)
        });
        Ok(Self { lease: Some(lease.await?) })
    }

    async fn job<T, F>(&mut self, job: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Connection, &Arc<AtomicBool>) -> Result<T, Error> + Send + 'static,
    {
        let lease = self.lease.take().ok_or_else(|| Error::new(ErrorKind::TransactionOver))?;
        let (lease, done) = on_a_thread(move |abandoned| {
            let connection = lease.connection()?;
            let done = connection.expect_transaction().and_then(|()| job(connection, abandoned));
            Ok::<_, Error>((lease, done))
        })
        .await?;
        self.lease = Some(lease);
        done
    }
}

impl DriverTransaction for SqliteTransaction {
    const DIALECT: Dialect = Dialect::Sqlite;

    async fn call<C: Collect>(&mut self, call: Call<C>) -> Result<C::Output, Error> {
        self.job(move |connection, abandoned| connection.watched(abandoned, || connection.run(call))).await
    }

    async fn step(&mut self, step: Step) -> Result<(), Error> {
        let text = match step {
            Step::Savepoint => "SAVEPOINT secure_forms",
            Step::Release => "RELEASE secure_forms",
            Step::Undo => "ROLLBACK TO secure_forms; RELEASE secure_forms",
            Step::Commit => "COMMIT",
            Step::Rollback => "ROLLBACK",
        };
        self.job(move |connection, _| connection.driver().own_text(text)).await
    }
}

impl Drop for SqliteTransaction {
    fn drop(&mut self) {
        // Rolling back reads and writes files, and this may be a thread that serves requests.
        if let Some(lease) = self.lease.take().filter(Lease::is_in_transaction)
            && let Ok(runtime) = tokio::runtime::Handle::try_current()
        {
            runtime.spawn_blocking(move || drop(lease));
        }
    }
}

impl std::fmt::Debug for SqliteTransaction {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SqliteTransaction(…)")
    }
}
