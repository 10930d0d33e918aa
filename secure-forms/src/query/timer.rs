//! A deadline for a future, on a runtime of tokio whose clock may be switched off.

use std::future::Future;
use std::pin::pin;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::oneshot;

use super::error::{Error, ErrorKind};

/// Gives what `work` gives, or [`ErrorKind::Deadline`] after `limit`; `work` is then dropped.
///
/// A thread of the blocking pool waits, and ends with `work`: tokio's own timers panic where a runtime was built without them.
pub(super) async fn within<F: Future>(limit: Duration, work: F) -> Result<F::Output, Error> {
    let Ok(runtime) = tokio::runtime::Handle::try_current() else {
        return Err(Error::new(ErrorKind::Configuration("a query runs inside of a tokio runtime")));
    };
    let (_done, is_done) = mpsc::channel::<()>();
    let (ring, rings) = oneshot::channel();
    runtime.spawn_blocking(move || {
        if is_done.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            let _ = ring.send(());
        }
    });
    let (mut work, mut rings) = (pin!(work), pin!(rings));
    std::future::poll_fn(move |context| {
        if let Poll::Ready(done) = work.as_mut().poll(context) {
            return Poll::Ready(Ok(done));
        }
        // It also ends without ringing: when the runtime is shut down, and this future with it.
        rings.as_mut().poll(context).map(|_| Err(Error::new(ErrorKind::Deadline(limit))))
    })
    .await
}
