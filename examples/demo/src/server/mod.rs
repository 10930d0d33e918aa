//! Connections: how many at once and from one address, how long a client may take for its headers, for a whole request and for reading the
//! answer, how they close, and how they end when the demo is told to stop.

mod in_time;
mod places;
mod tls;
mod wire;
mod write_timeout;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use secure_forms::client_ip::Transport;
use secure_forms::headers::BareAnswers;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use self::places::{Place, Places};
use self::wire::Wire;
use self::write_timeout::WriteTimeout;
use crate::state::App;

pub(crate) use self::in_time::{Limit, in_time};
pub use self::tls::{Tls, TlsError};

/// How long a client may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the head of a request, also the first of a connection that it keeps open.
    pub head: Duration,
    /// For a whole request, its body included.
    pub request: Duration,
    /// For taking some of an answer that is ready for it.
    pub answer: Duration,
    /// For sending the rest of a body that nobody waits for, after the answer.
    pub rest: Duration,
    /// For all requests of one connection together; it then closes after those that are under way.
    pub connection: Duration,
    /// For those that are under way when the demo is told to stop.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            request: Duration::from_secs(30),
            answer: Duration::from_secs(20),
            rest: Duration::from_secs(30),
            connection: Duration::from_secs(600),
            farewell: Duration::from_secs(10),
        }
    }
}

/// The address at the other end of a request's connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl Default for Peer {
    fn default() -> Self {
        Self(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }
}

/// The largest head of a request, and as much of an HTTP/2 header list.
const MAX_HEAD: u32 = 64 << 10;
/// The most requests at once over one connection of HTTP/2.
const MAX_STREAMS: u32 = 32;

/// What serves an application.
#[derive(Clone, Debug)]
pub struct Server {
    site: Router,
    patience: Patience,
    places: Places,
    tls: Option<Tls>,
    bare: Arc<BareAnswers>,
}

impl Server {
    /// Serves `site`, the router of `app`, perhaps with layers around it.
    pub fn new(site: Router, app: &App) -> Self {
        Self {
            site,
            patience: Patience::default(),
            places: Places::new(app.proxies.clone()),
            tls: None,
            bare: Arc::new(BareAnswers::new(&app.headers, Transport::Plain)),
        }
    }

    /// Other limits of time.
    #[must_use]
    pub fn patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Ends TLS, for HTTP/2 and HTTP/1.1. Without it, it speaks plain HTTP/1.1.
    #[must_use]
    pub fn tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Serves until `stop` is ready, then lets requests that are under way end.
    pub async fn run(self, listener: TcpListener, stop: impl Future<Output = ()>) {
        let (stopping, running) = watch::channel(());
        let renewal = self.tls.clone().map(|tls| tokio::spawn(async move { tls.keep_fresh().await }));
        let mut stop = std::pin::pin!(stop);
        loop {
            let Some(room) = self.places.room().await else { return };
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    // One that gets no place is closed at once.
                    Ok((stream, peer)) => if let Some(place) = self.places.take(room, peer.ip()) {
                        tokio::spawn(self.clone().connection(stream, Peer(peer.ip()), place, running.clone()));
                    },
                    // Out of file descriptors, say: the others go on, and this one is tried again in a moment.
                    Err(_) => sleep(Duration::from_millis(50)).await,
                },
                () = &mut stop => break,
            }
        }
        if let Some(renewal) = renewal {
            renewal.abort();
        }
        drop((listener, running));
        let _ = stopping.send(());
        let _ = timeout(self.patience.farewell, stopping.closed()).await;
    }

    async fn connection(self, stream: TcpStream, peer: Peer, place: Place, running: watch::Receiver<()>) {
        let stream = WriteTimeout::new(stream, self.patience.answer);
        let Some(tls) = &self.tls else {
            self.speak(stream, peer, Spoken { transport: Transport::Plain, is_http2: false }, running).await;
            return drop(place);
        };
        let handshake = timeout(self.patience.head, TlsAcceptor::from(tls.current()).accept(stream)).await;
        if let Ok(Ok(stream)) = handshake {
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(tls::HTTP_2);
            self.speak(stream, peer, Spoken { transport: Transport::Tls, is_http2 }, running).await;
        }
        drop(place);
    }

    async fn speak<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &self,
        stream: S,
        peer: Peer,
        spoken: Spoken,
        mut running: watch::Receiver<()>,
    ) {
        let unread = Arc::new(AtomicBool::new(false));
        let (site, limit, has_body) = (self.site.clone(), Limit(self.patience.request), Arc::clone(&unread));
        let service = service_fn(move |request: Request<Incoming>| {
            has_body.store(!request.body().is_end_stream(), Ordering::Relaxed);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(limit);
            request.extensions_mut().insert(spoken.transport);
            site.clone().oneshot(request)
        });
        let wire = Wire::new(stream, Arc::clone(&self.bare), unread, self.patience.rest);
        let builder = self.builder(spoken);
        let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(wire), service));
        // What a client breaks off is its own affair.
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = running.changed() => {}
            () = sleep(self.patience.connection) => {}
        }
        connection.as_mut().graceful_shutdown();
        let _ = timeout(self.patience.request + self.patience.answer + self.patience.rest, connection).await;
    }

    fn builder(&self, spoken: Spoken) -> auto::Builder<TokioExecutor> {
        let builder = auto::Builder::new(TokioExecutor::new());
        let mut builder = if spoken.is_http2 { builder.http2_only() } else { builder.http1_only() };
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(self.patience.head)
            .max_buf_size(MAX_HEAD as usize);
        builder
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(self.patience.head)
            .keep_alive_timeout(self.patience.head)
            .max_concurrent_streams(MAX_STREAMS)
            .max_header_list_size(MAX_HEAD);
        builder
    }
}

/// What a connection speaks.
#[derive(Clone, Copy)]
struct Spoken {
    transport: Transport,
    is_http2: bool,
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
