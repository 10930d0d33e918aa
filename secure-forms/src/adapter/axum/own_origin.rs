//! The tower layer that lets requests go on which are addressed to this site, over HTTPS where it has it.

use std::sync::Arc;
use std::task::{Context, Poll};

use axum_core::response::{IntoResponse, Response as AxumResponse};
use http::Request;
use tower_layer::Layer;
use tower_service::Service;

use super::judged::Judged;
use crate::guard::OwnOriginGate;
use crate::session::OwnOrigins;

/// Answers requests that are not addressed to one of the own origins, before anything else looks at them.
///
/// | request | answer |
/// |---|---|
/// | names no host, several, or text that is none | 400 (RFC 9112, 3.2) |
/// | names a host that no own origin has | 421 (RFC 9110, 15.5.20) |
/// | GET or HEAD over plain HTTP, where the origin of its host is https | 301 to the same address of that origin |
/// | OPTIONS or TRACE, the same | 308 |
/// | any other method, the same | 403: what it carried must count as read by others |
///
/// Ports have no part in it: proxies change them. What a request arrived over is the [`Transport`](crate::client_ip::Transport) in its extensions.
///
/// ```
/// use axum::{Router, routing::get};
/// use secure_forms::axum::OwnOriginLayer;
/// use secure_forms::csrf::OwnOrigins;
///
/// let own = OwnOrigins::parse("https://app.example")?;
/// let app: Router = Router::new().route("/", get(async || "Hello")).layer(OwnOriginLayer::new(own));
/// # Ok::<(), secure_forms::redirect::OriginError>(())
/// ```
///
/// # Security
/// Stops DNS rebinding (CWE-350), by which a page of another site reads a server on the visitor's own machine or network, links that are
/// built from a forged `Host` (CWE-644), and passwords that are typed into a page of plain HTTP (CWE-319). The first request over plain
/// HTTP can still be answered by somebody else on the way: HSTS, which is sent over TLS, ends that after the first visit. Health checks
/// must name a host of the site.
#[derive(Clone, Debug)]
pub struct OwnOriginLayer {
    gate: Arc<OwnOriginGate>,
}

impl OwnOriginLayer {
    /// Answers for these origins alone.
    #[must_use]
    pub fn new(own: OwnOrigins) -> Self {
        Self { gate: Arc::new(OwnOriginGate::new(own)) }
    }

    /// Answers for every host that a request names; the reason is for the reviewer.
    ///
    /// # Security
    /// Pages of other sites can then read this server by DNS rebinding, and whatever is built from `Host` is built from the sender's text.
    #[must_use]
    pub fn dangerously_any_host(mut self, reason: &'static str) -> Self {
        let _ = reason;
        Arc::make_mut(&mut self.gate).any_host = true;
        self
    }

    /// Answers over plain HTTP too; the reason is for the reviewer.
    ///
    /// # Security
    /// Everybody on the way can read and change what is sent and answered.
    #[must_use]
    pub fn dangerously_over_plain_http(mut self, reason: &'static str) -> Self {
        let _ = reason;
        self.allow_plain_http();
        self
    }

    pub(super) fn allow_plain_http(&mut self) {
        Arc::make_mut(&mut self.gate).plain_http = true;
    }
}

impl<S> Layer<S> for OwnOriginLayer {
    type Service = WithOwnOrigin<S>;

    fn layer(&self, inner: S) -> Self::Service {
        WithOwnOrigin { gate: Arc::clone(&self.gate), inner }
    }
}

/// The service that [`OwnOriginLayer`] makes.
#[derive(Clone, Debug)]
pub struct WithOwnOrigin<S> {
    gate: Arc<OwnOriginGate>,
    inner: S,
}

impl<S, B> Service<Request<B>> for WithOwnOrigin<S>
where
    S: Service<Request<B>>,
    S::Response: IntoResponse,
{
    type Response = AxumResponse;
    type Error = S::Error;
    type Future = Judged<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        match self.gate.check(&request) {
            Ok(()) => Judged::passed(self.inner.call(request)),
            Err(misdirected) => Judged::answered(misdirected.into_response()),
        }
    }
}
