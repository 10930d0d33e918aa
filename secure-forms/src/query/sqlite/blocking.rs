//! Jobs on tokio's blocking pool, which end with whoever waits for them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::pool::{Lease, Pool, Waiting};
use crate::query::error::{Error, ErrorKind};

/// Runs a job with a connection of the pool.
pub(super) async fn blocking<T, E, F>(pool: Arc<Pool>, job: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(Lease, &Arc<AtomicBool>) -> Result<T, E> + Send + 'static,
{
    let turn = pool.turn().await?;
    on_a_thread(move |abandoned| job(pool.lease(turn)?, abandoned)).await
}

/// Runs a job on a thread that may block. A job that nobody waits for any more does not begin; one that runs reads of it.
pub(super) async fn on_a_thread<T, E, F>(job: F) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
    F: FnOnce(&Arc<AtomicBool>) -> Result<T, E> + Send + 'static,
{
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return Err(Error::new(ErrorKind::Configuration("a query runs inside of a tokio runtime")).into());
    };
    let waiting = Waiting::default();
    let abandoned = Arc::clone(&waiting);
    let done = runtime.spawn_blocking(move || {
        if abandoned.load(Ordering::Acquire) {
            return Err(Error::new(ErrorKind::Abandoned).into());
        }
        job(&abandoned)
    });
    match done.await {
        Ok(result) => result,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::new(ErrorKind::Abandoned).into()),
        },
    }
}
