//! Connections: how many at once, how long a client may take for its headers, for a whole request and for reading the answer, and how
//! they end when the demo is told to stop.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Request, StatusCode, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use crate::stall::Unstalled;

/// How long a client may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request, also the first of a connection that it keeps open.
    pub head: Duration,
    /// For a whole request, its body included.
    pub request: Duration,
    /// For taking some of an answer that is ready for it.
    pub answer: Duration,
    /// For those that are under way when the demo is told to stop.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            request: Duration::from_secs(30),
            answer: Duration::from_secs(20),
            farewell: Duration::from_secs(10),
        }
    }
}

/// The most connections at once; others wait in the system's queue.
const MAX_CONNECTIONS: usize = 1024;

/// The address at the other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl Default for Peer {
    fn default() -> Self {
        Self(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }
}

/// Serves until `stop` is ready, then lets requests that are under way end.
pub async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) {
    serve_with(listener, app, stop, Patience::default()).await;
}

/// As [`serve`], with other limits of time.
pub async fn serve_with(listener: TcpListener, app: Router, stop: impl Future<Output = ()>, patience: Patience) {
    let (graceful, slots) = (GracefulShutdown::new(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    let mut stop = std::pin::pin!(stop);
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connection(stream, Peer(peer.ip()), &app, &graceful, slot, patience),
                // Out of file descriptors, say: the others go on, and this one is tried again in a moment.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(patience.farewell, graceful.shutdown()).await;
}

fn connection(
    stream: TcpStream,
    peer: Peer,
    app: &Router,
    graceful: &GracefulShutdown,
    slot: OwnedSemaphorePermit,
    patience: Patience,
) {
    let app = app.clone();
    let service = service_fn(move |request| answer(app.clone(), peer, request, patience.request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.head)
        .max_buf_size(64 << 10)
        .serve_connection(TokioIo::new(Unstalled::new(stream, patience.answer)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // What a client breaks off is its own affair.
        let _ = connection.await;
        drop(slot);
    });
}

async fn answer(
    app: Router,
    peer: Peer,
    request: Request<Incoming>,
    limit: Duration,
) -> Result<Response, std::convert::Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(peer);
    match tokio::time::timeout(limit, app.oneshot(request)).await {
        Ok(answered) => answered,
        Err(_) => {
            let close = [(header::CONNECTION, HeaderValue::from_static("close"))];
            Ok((StatusCode::REQUEST_TIMEOUT, close, "The request took too long.").into_response())
        }
    }
}

/// Ready at Ctrl-C, and where the system has it, at SIGTERM.
pub async fn stop_signal() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
